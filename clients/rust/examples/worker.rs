use foldlog::v1::{AppendRequest, CheckpointUpdate, EventFilter, NewEvent};
use foldlog::{Client, Error, SubscribeOptions};

#[tokio::main]
async fn main() -> Result<(), Error> {
    let address = std::env::args().nth(1).unwrap_or("127.0.0.1:7070".into());
    let name = std::env::args().nth(2).unwrap_or("scorer".into());

    let client = Client::connect(&address)?;
    let approvals = EventFilter { actions: vec!["approve".into()], ..Default::default() };
    let mut at = client.checkpoints().get(&name).await?.map_or(0, |it| it.position);
    let mut events = client.subscribe(SubscribeOptions::at_checkpoint(&name).matching(approvals));
    while let Some(event) = events.next_event().await.transpose()? {
        let score = NewEvent::new("score", &name, &event.artifact_id, "score");
        let moved = CheckpointUpdate::new(&name, at, event.position);
        client.append(AppendRequest { checkpoints: vec![moved], ..score.into() }).await?;
        at = event.position;
    }
    Ok(())
}
