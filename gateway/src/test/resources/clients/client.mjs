// Talks to a gateway as its users do, with the official client. Prints one line for each thing that went well.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [folder, baseURL, apiKey] = process.argv.slice(2);
const require = createRequire(pathToFileURL(path.join(folder, "package.json")));
const OpenAI = require("openai");
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const messages = [{ role: "user", content: "Is anybody there?" }];

const answer = await client.chat.completions.create({ model: "echo", messages });
assert.equal(answer.choices[0].message.content, "Is anybody there?");
assert.equal(answer.usage.total_tokens, 6);
console.log("chat");

let text = "";
let usage;
const stream = await client.chat.completions.create({
  model: "echo",
  messages,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const chunk of stream) {
  text += chunk.choices[0]?.delta?.content ?? "";
  usage = chunk.usage ?? usage;
}
assert.equal(text, "Is anybody there?");
assert.equal(usage.total_tokens, 6);
console.log("stream");

const vectors = await client.embeddings.create({ model: "echo", input: ["one", "two"] });
assert.equal(vectors.data.length, 2);
assert.equal(vectors.data[0].embedding.length, 64);
console.log("embedding");

const models = [];
for await (const model of client.models.list()) models.push(model.id);
assert.ok(models.includes("llm-echo/echo"));
assert.equal((await client.models.retrieve("llm-echo/echo")).id, "llm-echo/echo");
console.log("models");

await assert.rejects(
  client.chat.completions.create({ model: "echo", messages: [{ role: "user", content: "forbidden" }] }),
  (error) => error instanceof OpenAI.APIError && error.status === 403 && error.type === "topic_blocked",
);
console.log("blocked");

await assert.rejects(async () => {
  const refused = await client.chat.completions.create({
    model: "echo",
    messages: [{ role: "user", content: "unspeakable" }],
    stream: true,
  });
  for await (const _ of refused);
}, /will not do/);
console.log("blocked at the end of a stream");
