import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { bytesPayload, jsonPayload, jsonTextPayload, parseJson, payloadValue, stringifyJson } from "foldlog";

describe("JSON", () => {
  test("keeps every digit of whole numbers, there and back", () => {
    const text =
      '{"safe":9007199254740991,"beyond":9007199254740992,"min":-9223372036854775808,"list":[1.5,1e3]}';

    const value = parseJson(text);

    assert.deepEqual(value, {
      safe: 9007199254740991,
      beyond: 9007199254740992n,
      min: -9223372036854775808n,
      list: [1.5, 1000],
    });
    assert.equal(stringifyJson(value), text.replace("1e3", "1000"));
  });

  test("a key named __proto__ is a key like others", () => {
    const value = parseJson('{"__proto__": {"polluted": true}}') as object;

    assert.equal((value as { polluted?: boolean }).polluted, undefined);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    assert.deepEqual(Object.keys(value), ["__proto__"]);
  });

  test("refuses what is no JSON", () => {
    assert.throws(() => parseJson("{"), SyntaxError);
    assert.throws(() => parseJson('{"a": 1, "a": 2}'), SyntaxError);
  });

  test("refuses to write what JSON cannot say", () => {
    for (const value of [NaN, Infinity, undefined, () => 1, Symbol("s")]) {
      assert.throws(() => stringifyJson({ a: value } as never), TypeError, String(value));
      assert.throws(() => stringifyJson(value as never), TypeError, String(value));
    }
  });
});

describe("payloads", () => {
  test("an object becomes JSON text, and the object again", () => {
    const payload = jsonPayload({ big: 9007199254740993n });

    assert.deepEqual(payload.content, { case: "json", value: '{"big":9007199254740993}' });
    assert.deepEqual(payloadValue(payload), { big: 9007199254740993n });
  });

  test("text is kept as it is", () => {
    assert.equal(jsonTextPayload('{ "a":1.0 }').content.value, '{ "a":1.0 }');
  });

  test("what is no object is refused", () => {
    for (const value of [null, [], 1, "text"]) {
      assert.throws(() => jsonPayload(value as never), TypeError, String(value));
    }
  });

  test("an event without a payload has an empty object", () => {
    assert.deepEqual(payloadValue(undefined), {});
    assert.deepEqual(payloadValue({}), {});
  });

  test("a payload in the form for hand-written requests is its object", () => {
    assert.deepEqual(payloadValue({ content: { case: "jsonObject", value: { score: 5 } } }), { score: 5 });
  });

  test("bytes are no JSON", () => {
    assert.throws(() => payloadValue(bytesPayload(new Uint8Array([1]), "a/b")), TypeError);
  });
});
