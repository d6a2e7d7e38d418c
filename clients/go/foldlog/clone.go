package foldlog

import "google.golang.org/protobuf/proto"

// cloneOf is a copy; of nil, an empty message.
func cloneOf[M interface {
	comparable
	proto.Message
}](message M) M {
	var none M
	if message == none {
		return message.ProtoReflect().New().Interface().(M)
	}
	return proto.CloneOf(message)
}
