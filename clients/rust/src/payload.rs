use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::v1::payload::Content;
use crate::v1::{NewEvent, Payload, RecordedEvent};

/// A value that is no payload, or a payload that is not the value wanted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PayloadError {
    /// The value does not become JSON.
    #[error("the value does not become JSON: {0}")]
    Encode(#[source] serde_json::Error),
    /// The JSON text is not of the type wanted.
    #[error("the JSON of the payload is not what was wanted: {0}")]
    Decode(#[source] serde_json::Error),
    /// The payload is bytes, or a Struct, which has lost integers above 2^53 on its way.
    #[error("payload: {0} (expected: json)")]
    NotJson(&'static str),
}

impl Payload {
    /// JSON of a value that serializes as an object: a [`serde_json::Value`], a map, a struct. No integer loses a
    /// digit.
    ///
    /// # Errors
    /// When the value does not become JSON. Whether it is an object is checked by the server
    /// ([`Error::InvalidField`](crate::Error::InvalidField)).
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, PayloadError> {
        let text = serde_json::to_string(value).map_err(PayloadError::Encode)?;
        Ok(Self::json_text(text))
    }

    /// JSON text of an object, without duplicate keys and at most 100 levels deep: checked by the server, kept and
    /// delivered byte for byte.
    pub fn json_text(text: impl Into<String>) -> Self {
        Self { content: Some(Content::Json(text.into())), content_type: String::new() }
    }

    /// Opaque bytes of a media type, for example `application/x-protobuf; messageType=acme.Order`.
    pub fn bytes(data: impl Into<Vec<u8>>, content_type: impl Into<String>) -> Self {
        Self { content: Some(Content::Data(data.into())), content_type: content_type.into() }
    }

    /// The JSON text; of a payload without content, `{}`.
    ///
    /// # Errors
    /// When the payload has another form.
    pub fn as_json(&self) -> Result<&str, PayloadError> {
        match &self.content {
            Some(Content::Json(text)) => Ok(text),
            Some(Content::JsonObject(_)) => Err(PayloadError::NotJson("json_object")),
            Some(Content::Data(_)) => Err(PayloadError::NotJson("data")),
            None => Ok("{}"),
        }
    }

    /// The JSON as a value of any type that serde reads. As a [`serde_json::Value`] it keeps every digit of every
    /// number (see the feature `exact-numbers`); into fields of a struct, integers are exact as far as the fields are.
    ///
    /// # Errors
    /// When the payload has another form, or its JSON is not such a value.
    pub fn to_value<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        serde_json::from_str(self.as_json()?).map_err(PayloadError::Decode)
    }
}

impl NewEvent {
    /// The same with JSON of a value as its payload: see [`Payload::json`].
    ///
    /// # Errors
    /// When the value does not become JSON.
    pub fn with_json<T: Serialize + ?Sized>(self, value: &T) -> Result<Self, PayloadError> {
        Ok(self.with_payload(Payload::json(value)?))
    }

    /// The same with another payload.
    pub fn with_payload(mut self, payload: Payload) -> Self {
        self.payload = Some(payload);
        self
    }
}

impl RecordedEvent {
    /// The JSON of the payload as a value: see [`Payload::to_value`].
    ///
    /// # Errors
    /// When the payload has another form, or its JSON is not such a value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, PayloadError> {
        match &self.payload {
            Some(payload) => payload.to_value(),
            None => Payload::default().to_value(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn values_keep_their_integers() {
        let value = json!({"beyond": 9_007_199_254_740_993_i64, "min": i64::MIN, "max": u64::MAX});
        let payload = Payload::json(&value).unwrap();
        let text = r#"{"beyond":9007199254740993,"max":18446744073709551615,"min":-9223372036854775808}"#;
        assert_eq!(payload.as_json().unwrap(), text);
        assert_eq!(payload.to_value::<Value>().unwrap(), value);
    }

    #[cfg(feature = "exact-numbers")]
    #[test]
    fn numbers_beyond_every_machine_word_keep_their_digits() {
        let text = r#"{"huge":123456789012345678901234567890,"fine":0.10000000000000000000000000001}"#;
        let value: Value = Payload::json_text(text).to_value().unwrap();
        assert_eq!(value["huge"].to_string(), "123456789012345678901234567890");
        assert_eq!(value["fine"].to_string(), "0.10000000000000000000000000001");
    }

    #[test]
    fn an_event_without_a_payload_is_an_empty_object() {
        assert_eq!(RecordedEvent::default().json::<Value>().unwrap(), json!({}));
    }

    #[test]
    fn other_forms_and_other_types_are_refused() {
        let bytes = Payload::bytes([0, 1], "a/b");
        assert_eq!(bytes.as_json().unwrap_err().to_string(), "payload: data (expected: json)");
        let list = Payload::json_text("[1]");
        assert!(matches!(list.to_value::<std::collections::HashMap<String, i64>>(), Err(PayloadError::Decode(_))));
    }
}
