use foldlog::v1::{AppendRequest, EventFilter, NewEvent, Precondition};
use foldlog::{Client, Error};
use serde_json::{Value, json};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:7070".into());
    let client = Client::connect(&address)?;

    // Append: all events of a call or none. The client gives them ids, so its repeats store them once.
    let approval = NewEvent {
        tags: vec!["topic:billing".into()],
        ..NewEvent::new("approve", "reviewer:ana", "answer-17", "answer")
    };
    let payload = json!({"score": 5, "run": 9_007_199_254_740_993_i64});
    let stored = client.append(approval.with_json(&payload)?).await?;
    println!("stored at position {}", stored.position);

    // On a condition: only if the partition still has one event.
    let edit = NewEvent::new("edit", "reviewer:bob", "answer-17", "answer");
    let conditions = vec![Precondition::sequence("answer-17", 1)];
    client.append(AppendRequest { preconditions: conditions, ..edit.into() }).await?;

    // Read: a stream, fetched in batches as it is used.
    let mut events = client.read_stream("answer-17");
    while let Some(event) = events.next().await {
        let event = event?;
        println!("{} {} {}", event.sequence, event.action, event.json::<Value>()?);
    }
    let billing = EventFilter { tags: vec!["topic:billing".into()], ..Default::default() };
    println!("{} about billing", client.read_all(billing).into_vec().await?.len());
    println!("{} in 30 days", client.load_history("answer-17").await?.len());

    // Decide on what was read: run again if somebody else changed it meanwhile.
    let is_published = client
        .with_transaction(async |unit| {
            let events = unit.read_stream("answer-17").await?;
            let is_approved = events.iter().any(|event| event.action == "approve");
            if is_approved {
                unit.append(NewEvent::new("publish", "bot", "answer-17", "answer"));
            }
            Ok::<_, Error>(is_approved)
        })
        .await?;
    println!("published: {is_published}");

    // Errors are an enum, with their facts.
    let again = NewEvent::new("approve", "reviewer:bob", "answer-18", "answer");
    let conditions = vec![Precondition::present("answer-18")];
    match client.append(AppendRequest { preconditions: conditions, ..again.into() }).await {
        Err(Error::ConcurrencyConflict { violations, .. }) => {
            println!("refused: {} is at {}", violations[0].partition_key, violations[0].actual_sequence);
        }
        other => println!("stored: {}", other?.position),
    }
    Ok(())
}
