//! The calls that scenarios name.

use std::collections::HashSet;
use std::time::Duration;

use foldlog::v1::{
    AppendRequest, NewEvent, Payload, ReadAllRequest, ReadStreamRequest, ReadStreamSinceRequest, RecordedEvent,
};
use foldlog::{Client, Error, UnitOfWork};
use serde_json::{Value, json};
use tokio::time::{interval, timeout};

use crate::errors::{code_of, facts, type_of};
use crate::proto::{from_json, golden, list_to_json, mismatch, to_json};
use crate::runner::{PATIENCE, Runner, number};
use crate::server::top;
use crate::{memory, worker};

/// What a call answers. What a scenario cannot mean is a panic.
pub async fn call(runner: &mut Runner, call: &str, client: Client, with: Value) -> Result<Value, Error> {
    let text = |key: &str| with[key].as_str().unwrap_or_else(|| panic!("{call}: {key} is no text")).to_owned();
    Ok(match call {
        "append" => to_json(&client.append(from_json::<AppendRequest>(&with)).await?),
        "read_stream" => {
            let mut read = client.read_stream(from_json::<ReadStreamRequest>(&with));
            let mut events = Vec::new();
            while let Some(event) = read.next().await {
                events.push(event?);
            }
            json!({"events": list_to_json(&events), "last_sequence": read.last_sequence().unwrap().to_string()})
        }
        "read_stream_since" => {
            let mut read = client.read_stream_since(from_json(&with));
            let mut events = Vec::new();
            while let Some(event) = read.next().await {
                events.push(event?);
            }
            json!({"events": list_to_json(&events), "truncated": read.is_truncated()})
        }
        "read_all" => {
            let read = client.read_all(from_json::<ReadAllRequest>(&with));
            json!({"events": list_to_json(&read.into_vec().await?)})
        }
        "load_history" => {
            json!({"events": list_to_json(&client.load_history(&text("partition_key")).await?)})
        }
        "get_event" => to_json(&client.get_event(text("event_id")).await?),
        "get_partition" => to_json(&client.get_partition(text("partition_key")).await?),
        "list_partitions" => {
            json!({"partitions": list_to_json(&client.list_partitions(text("prefix")).into_vec().await?)})
        }
        "store_info" => to_json(&client.store_info().await?),
        "checkpoint_get" => {
            let checkpoint = client.checkpoints().get(text("name")).await?;
            json!({"checkpoint": checkpoint.map(|it| to_json(&it))})
        }
        "checkpoint_move" => {
            let (from, to) = (number(&with["from"]), number(&with["to"]));
            json!({"checkpoint": to_json(&client.checkpoints().advance(text("name"), from, to).await?)})
        }
        "checkpoint_delete" => json!({"deleted": client.checkpoints().delete(text("name")).await?}),
        "checkpoint_list" => {
            json!({"checkpoints": list_to_json(&client.checkpoints().list().into_vec().await?)})
        }
        "transaction" => transaction(&client, runner.client("another"), &with).await?,
        "count_all" => count_all(&client, with.get("memory_growth_max").map(number)).await?,
        "append_value" => {
            let value: Value = serde_json::from_str(&text("value")).unwrap();
            to_json(&client.append(from_json::<NewEvent>(&with["event"]).with_json(&value)?).await?)
        }
        "payload_integers" => {
            let value: Value = first(&client, text("partition_key")).await?.json()?;
            let paths = with["paths"].as_array().unwrap().iter();
            json!({"integers": paths.map(|path| integer(&value, path)).collect::<Vec<_>>()})
        }
        "big_payload" => {
            let bytes = usize::try_from(number(&with["bytes"])).unwrap();
            big_payload(&client, text("artifact_id"), bytes).await?
        }
        "made_ids" => {
            let events = client.read_stream(text("partition_key")).into_vec().await?;
            let ids: Vec<_> = events.into_iter().map(|event| event.event_id).collect();
            let version = ids.iter().map(|id| version(id)).reduce(|one, other| if one == other { one } else { 0 });
            json!({"version": version, "ascending": ids.is_sorted_by(|a, b| a < b), "count": ids.len()})
        }
        "each_error" => json!({"errors": each_error(runner, &client).await}),
        "give_up" => {
            assert_eq!(text("method"), "ReadAll");
            give_up(runner, client).await;
            json!({"given_up": true})
        }
        "kill_worker" => {
            let (events, kills) = (number(&with["events"]), number(&with["kills"]));
            worker::kill(&runner.server.address, &client, &text("checkpoint"), events, kills).await?
        }
        "golden" => json!({"messages": golden()}),
        other => panic!("call: {other} is not known"),
    })
}

async fn first(client: &Client, partition_key: String) -> Result<RecordedEvent, Error> {
    let first = ReadStreamRequest { limit: 1, ..partition_key.into() };
    client.read_stream(first).next().await.expect("the partition has an event")
}

fn integer(value: &Value, path: &Value) -> String {
    let keys = path.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
    let found = keys.fold(value, |inside, key| match key.parse::<usize>() {
        Ok(index) => &inside[index],
        Err(_) => &inside[key],
    });
    found.as_number().unwrap_or_else(|| panic!("{path}: {found}")).to_string()
}

async fn transaction(client: &Client, another: Client, with: &Value) -> Result<Value, Error> {
    let list = |key: &str| with.get(key).map_or_else(Vec::new, |it| it.as_array().unwrap().clone());
    let (reads, meanwhile, then) = (list("reads"), list("meanwhile"), list("then"));
    let append: Vec<NewEvent> = list("append").iter().map(from_json).collect();
    let mut runs = 0;
    let read = client
        .with_transaction(async |unit| {
            let mut read = Vec::new();
            for one in &reads {
                read.push(read_in(unit, one).await?);
            }
            if let Some(events) = meanwhile.get(runs) {
                let events: Vec<NewEvent> = events.as_array().unwrap().iter().map(from_json).collect();
                another.append(events).await?;
            }
            runs += 1;
            append.iter().cloned().for_each(|event| unit.append(event));
            for one in &then {
                read.push(read_in(unit, one).await?);
            }
            Ok::<_, Error>(read)
        })
        .await?;
    Ok(json!({"runs": runs, "reads": read}))
}

async fn read_in(unit: &mut UnitOfWork, read: &Value) -> Result<Vec<String>, Error> {
    let (kind, request) = read.as_object().unwrap().iter().next().unwrap();
    let events = match kind.as_str() {
        "read_stream" => unit.read_stream(from_json::<ReadStreamRequest>(request)).await?,
        "read_stream_since" => unit.read_stream_since(from_json::<ReadStreamSinceRequest>(request)).await?,
        "read_all" => unit.read_all(from_json::<ReadAllRequest>(request)).await?,
        other => panic!("read: {other} is not known"),
    };
    Ok(events.into_iter().map(|event| event.event_id).collect())
}

async fn count_all(client: &Client, memory_growth_max: Option<i64>) -> Result<Value, Error> {
    let before = memory::in_use();
    let mut read = client.read_all(ReadAllRequest::default());
    let (mut count, mut distinct, mut ends) = (0, HashSet::new(), None);
    while let Some(event) = read.next().await {
        let id = event?.artifact_id;
        distinct.insert(id.clone());
        let (first, _) = ends.take().unwrap_or_else(|| (id.clone(), String::new()));
        ends = Some((first, id));
        count += 1;
        if let Some(max) = memory_growth_max.filter(|_| count % 100 == 0) {
            let growth = memory::in_use().saturating_sub(before);
            assert!(growth <= usize::try_from(max).unwrap(), "{growth} bytes more after {count} events");
        }
    }
    let (first, last) = ends.unwrap_or_default();
    Ok(json!({"count": count, "distinct": distinct.len(), "first": first, "last": last}))
}

async fn big_payload(client: &Client, artifact_id: String, bytes: usize) -> Result<Value, Error> {
    let pad = bytes - r#"{"pad":""}"#.len();
    let payload = Payload::json(&json!({"pad": "x".repeat(pad)}))?;
    let text = payload.as_json()?.to_owned();
    assert_eq!(text.len(), bytes);
    let event = NewEvent::new("approve", "p", &artifact_id, "answer").with_payload(payload);
    client.append(event).await?;
    let stored = first(client, artifact_id).await?.payload.unwrap();
    let stored = stored.as_json()?;
    Ok(json!({"bytes": stored.len(), "same": stored == text}))
}

/// The version of a UUID; 0: it is none.
fn version(id: &str) -> u32 {
    let is_uuid = id.len() == 36
        && id.char_indices().all(|(i, letter)| match i {
            8 | 13 | 18 | 23 => letter == '-',
            19 => "89ab".contains(letter),
            _ => letter.is_ascii_digit() || ('a'..='f').contains(&letter),
        });
    if is_uuid { id[14..15].parse().unwrap_or(0) } else { 0 }
}

async fn each_error(runner: &mut Runner, client: &Client) -> usize {
    let file = std::fs::read(top().join("clients/scenarios/errors.json")).unwrap();
    let list: Value = serde_json::from_slice(&file).unwrap();
    let errors = list["errors"].as_array().unwrap();
    for expected in errors {
        let reason = expected["reason"].as_str().unwrap();
        runner.server.cue(&format!("fail-next GetEvent {reason}"));
        let error = client.get_event("e1").await.unwrap_err();
        let actual = json!({
            "type": type_of(&error), "reason": error.context().reason(), "code": code_of(&error),
            "transient": error.is_transient(), "without_effect": error.is_without_effect(),
            "typed": facts(&error),
        });
        let mut expected = expected.clone();
        let status = expected.as_object_mut().unwrap().remove("status").unwrap();
        assert_eq!(mismatch(&expected, Some(&actual)), None, "{reason}: {error:?}");
        assert_eq!(error.to_string(), status["message"].as_str().unwrap());
    }
    errors.len()
}

/// Gives a read up by dropping it, when the server has it.
async fn give_up(runner: &mut Runner, client: Client) {
    let before: i64 = runner.server.cue("calls ReadAll").parse().unwrap();
    let mut read = client.read_all(ReadAllRequest::default());
    let reading = tokio::spawn(async move { read.next().await });
    let mut looks = interval(Duration::from_millis(10));
    let arrived = timeout(PATIENCE, async {
        while runner.server.cue("calls ReadAll").parse::<i64>().unwrap() == before {
            looks.tick().await;
        }
    });
    arrived.await.expect("the server gets the call");
    reading.abort();
    assert!(reading.await.is_err_and(|end| end.is_cancelled()));
}
