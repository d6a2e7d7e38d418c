// Command generate makes the Go stubs of a folder of protos: it compiles them, and hands them to
// protoc-gen-go and protoc-gen-go-grpc, the tools of this module.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/bufbuild/protocompile"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/pluginpb"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("generate: ")
	protos := flag.String("protos", "", "the folder of the protos")
	module := flag.String("module", "", "the Go module that the stubs are for")
	out := flag.String("out", "", "the folder of that module")
	flag.Parse()
	if err := generate(*protos, *module, *out); err != nil {
		log.Fatal(err)
	}
}

func generate(protos, module, out string) error {
	request, err := requestFor(protos, "module="+module)
	if err != nil {
		return err
	}
	for _, plugin := range []string{"protoc-gen-go", "protoc-gen-go-grpc"} {
		files, err := run(plugin, request)
		if err != nil {
			return fmt.Errorf("%s: %w", plugin, err)
		}
		for _, file := range files {
			path := filepath.Join(out, filepath.FromSlash(file.GetName()))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				return err
			}
			if err := os.WriteFile(path, []byte(file.GetContent()), 0o644); err != nil {
				return err
			}
		}
	}
	return nil
}

func requestFor(protos, parameter string) ([]byte, error) {
	names, err := protosIn(protos)
	if err != nil {
		return nil, err
	}
	compiler := protocompile.Compiler{
		Resolver: protocompile.WithStandardImports(
			&protocompile.SourceResolver{ImportPaths: []string{protos}}),
		SourceInfoMode: protocompile.SourceInfoStandard,
	}
	compiled, err := compiler.Compile(context.Background(), names...)
	if err != nil {
		return nil, err
	}
	request := &pluginpb.CodeGeneratorRequest{FileToGenerate: names, Parameter: &parameter}
	seen := map[string]bool{}
	for _, file := range compiled {
		request.ProtoFile = withImports(file, seen, request.ProtoFile)
	}
	return proto.Marshal(request)
}

func protosIn(folder string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && entry.Name() == "target" {
			return fs.SkipDir // what the build of the Java stubs leaves
		}
		if !entry.IsDir() && strings.HasSuffix(path, ".proto") {
			name, err := filepath.Rel(folder, path)
			if err != nil {
				return err
			}
			names = append(names, filepath.ToSlash(name))
		}
		return nil
	})
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("%s: no protos", folder)
	}
	return names, err
}

// withImports adds a file behind all that it imports.
func withImports(file protoreflect.FileDescriptor, seen map[string]bool, all []*descriptorpb.FileDescriptorProto) []*descriptorpb.FileDescriptorProto {
	if seen[file.Path()] {
		return all
	}
	seen[file.Path()] = true
	for i := range file.Imports().Len() {
		all = withImports(file.Imports().Get(i).FileDescriptor, seen, all)
	}
	return append(all, protodesc.ToFileDescriptorProto(file))
}

func run(plugin string, request []byte) ([]*pluginpb.CodeGeneratorResponse_File, error) {
	command := exec.Command("go", "tool", plugin)
	command.Stdin = bytes.NewReader(request)
	command.Stderr = os.Stderr
	output, err := command.Output()
	if err != nil {
		return nil, err
	}
	var response pluginpb.CodeGeneratorResponse
	if err := proto.Unmarshal(output, &response); err != nil {
		return nil, err
	}
	if response.Error != nil {
		return nil, fmt.Errorf("%s", response.GetError())
	}
	return response.GetFile(), nil
}
