//! Messages in protobuf's JSON mapping, and what it means that an answer matches.

use std::sync::LazyLock;

use foldlog::v1;
use prost_reflect::prost::Message;
use prost_reflect::{DescriptorPool, DynamicMessage, MessageDescriptor, SerializeOptions};
use serde_json::{Value, json};

use crate::server::top;

static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
    let files = ["foldlog/v1/event_store.proto", "foldlog/v1/checkpoints.proto", "foldlog/v1/errors.proto"];
    let compiled = protox::compile(files, [top().join("proto")]).unwrap();
    DescriptorPool::from_file_descriptor_set(compiled).unwrap()
});

/// A message of the client, by its name in protobuf.
pub trait Named: Message + Default {
    const NAME: &'static str;
}

macro_rules! named {
    ($($name:ident)*) => {
        $(impl Named for v1::$name {
            const NAME: &'static str = stringify!($name);
        })*
    };
}

named! {
    NewEvent RecordedEvent AppendRequest AppendResponse AppendConflict GetStoreInfoResponse SubscribeAllRequest
    SubscribeAllResponse ReadStreamRequest ReadStreamSinceRequest ReadAllRequest Partition Checkpoint
}

fn descriptor<M: Named>() -> MessageDescriptor {
    let name = format!("foldlog.v1.{}", M::NAME);
    POOL.get_message_by_name(&name).unwrap()
}

pub fn from_json<M: Named>(json: &Value) -> M {
    let message = DynamicMessage::deserialize(descriptor::<M>(), json)
        .unwrap_or_else(|wrong| panic!("{}: {wrong}: {json}", M::NAME));
    M::decode(message.encode_to_vec().as_slice()).unwrap()
}

pub fn to_json<M: Named>(message: &M) -> Value {
    let bytes = message.encode_to_vec();
    let message = DynamicMessage::decode(descriptor::<M>(), bytes.as_slice()).unwrap();
    let options = SerializeOptions::new().use_proto_field_name(true);
    message.serialize_with_options(serde_json::value::Serializer, &options).unwrap()
}

pub fn list_to_json<M: Named>(messages: &[M]) -> Value {
    messages.iter().map(to_json).collect()
}

/// Why an answer does not match; `None`: it does.
pub fn mismatch(expected: &Value, actual: Option<&Value>) -> Option<String> {
    let actual = actual.unwrap_or(&Value::Null);
    let wrong = || Some(format!(": {actual} (expected: {expected})"));
    match expected {
        Value::Object(keys) => {
            keys.iter().find_map(|(key, value)| mismatch(value, actual.get(key)).map(|why| format!(".{key}{why}")))
        }
        Value::Array(elements) => match actual.as_array() {
            Some(there) if there.len() == elements.len() => (elements.iter().zip(there).enumerate())
                .find_map(|(i, (one, other))| mismatch(one, Some(other)).map(|why| format!("[{i}]{why}"))),
            _ => wrong(),
        },
        Value::String(any) if any == "*" => {
            if is_default(actual) {
                wrong()
            } else {
                None
            }
        }
        Value::Null => {
            if is_default(actual) {
                None
            } else {
                wrong()
            }
        }
        _ => {
            if expected == actual {
                None
            } else {
                wrong()
            }
        }
    }
}

fn is_default(value: &Value) -> bool {
    [json!(null), json!(false), json!(0), json!("0"), json!(""), json!([]), json!({})].contains(value)
}

/// Each golden message decodes, from binary and from JSON, to the same; how many there are.
pub fn golden() -> usize {
    let folder = top().join("clients/scenarios/golden");
    let read = |name: &str| std::fs::read(folder.join(name)).unwrap();
    let list: Vec<Value> = serde_json::from_slice(&read("golden.json")).unwrap();
    for one in &list {
        let name = one["name"].as_str().unwrap();
        let binary = read(&format!("{name}.binpb"));
        let json = serde_json::from_slice(&read(&format!("{name}.json"))).unwrap();
        match one["type"].as_str().unwrap().trim_start_matches("foldlog.v1.") {
            "NewEvent" => same::<v1::NewEvent>(name, &binary, &json),
            "RecordedEvent" => same::<v1::RecordedEvent>(name, &binary, &json),
            "AppendRequest" => same::<v1::AppendRequest>(name, &binary, &json),
            "AppendResponse" => same::<v1::AppendResponse>(name, &binary, &json),
            "AppendConflict" => same::<v1::AppendConflict>(name, &binary, &json),
            "GetStoreInfoResponse" => same::<v1::GetStoreInfoResponse>(name, &binary, &json),
            "SubscribeAllResponse" => same::<v1::SubscribeAllResponse>(name, &binary, &json),
            other => panic!("{name}: type {other} is not known"),
        }
    }
    list.len()
}

fn same<M: Named + PartialEq + std::fmt::Debug>(name: &str, binary: &[u8], json: &Value) {
    let decoded = M::decode(binary).unwrap();
    assert_eq!(&to_json(&decoded), json, "{name}");
    if !name.contains("future") {
        let parsed: M = from_json(json);
        assert_eq!(M::decode(parsed.encode_to_vec().as_slice()).unwrap(), decoded, "{name}");
    }
}
