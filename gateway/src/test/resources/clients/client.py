"""Talks to a gateway as its users do, with the official client. Prints one line for each thing that went well."""

import sys

import openai

base_url, api_key = sys.argv[1], sys.argv[2]
client = openai.OpenAI(base_url=base_url, api_key=api_key, max_retries=0)
question = [{"role": "user", "content": "Is anybody there?"}]

answer = client.chat.completions.create(model="echo", messages=question)
assert answer.choices[0].message.content == "Is anybody there?", answer
assert answer.usage.total_tokens == 6, answer
print("chat")

stream = client.chat.completions.create(
    model="echo", messages=question, stream=True, stream_options={"include_usage": True}
)
chunks = list(stream)
assert "".join(c.choices[0].delta.content or "" for c in chunks if c.choices) == "Is anybody there?", chunks
assert chunks[-1].usage.total_tokens == 6, chunks
print("stream")

raw = client.chat.completions.with_raw_response.create(model="echo", messages=question)
assert raw.headers["x-mortise-cache"] == "miss", raw.headers
assert raw.headers["x-mortise-provider"] == "llm-echo", raw.headers
print("headers")

older = client.completions.create(model="echo", prompt="Hello")
assert older.choices[0].text == "Hello", older
print("completion")

vectors = client.embeddings.create(model="echo", input=["one", "two"])
assert len(vectors.data) == 2 and len(vectors.data[0].embedding) == 64, vectors
print("embedding")

models = [model.id for model in client.models.list()]
assert "llm-echo/echo" in models, models
assert client.models.retrieve("llm-echo/echo").id == "llm-echo/echo"
print("models")

try:
    client.chat.completions.create(model="echo", messages=[{"role": "user", "content": "forbidden"}])
    raise AssertionError("nothing was refused")
except openai.APIStatusError as e:
    assert e.status_code == 403 and e.type == "topic_blocked" and e.code == "topic_blocked", e.response.text
    assert "not available" in e.message, e.message
print("blocked")

try:
    list(
        client.chat.completions.create(
            model="echo", messages=[{"role": "user", "content": "unspeakable"}], stream=True
        )
    )
    raise AssertionError("nothing was refused")
except openai.APIError as e:
    assert "will not do" in e.message, e.message
print("blocked at the end of a stream")

for wrong, expected in [
    (lambda: openai.OpenAI(base_url=base_url, api_key="wrong", max_retries=0).models.list(), openai.AuthenticationError),
    (lambda: client.models.retrieve("nothing"), openai.NotFoundError),
    (lambda: client.chat.completions.create(model="echo", messages=[]), openai.BadRequestError),
]:
    try:
        wrong()
        raise AssertionError(expected)
    except expected:
        pass
print("errors")
