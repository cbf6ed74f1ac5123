package dev.mortise.cli.client;

import dev.mortise.api.json.JsonValue;
import java.net.http.HttpHeaders;

/** What a host answered when it did what it was asked. */
public record HostAnswer(JsonValue body, HttpHeaders headers) {}
