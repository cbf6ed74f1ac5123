package dev.mortise.cli;

import dev.mortise.api.json.JsonObject;
import dev.mortise.host.Result;
import dev.mortise.host.json.JsonCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** JSON given on the command line: itself, {@code @file}, or {@code -} for the standard input. */
public final class JsonArgument {

    private JsonArgument() {}

    /** @param option its name, for the message */
    public static JsonObject object(Shell shell, String argument, String option) {
        try {
            return switch (JsonCodec.STANDARD.parseObject(text(shell, argument))) {
                case Result.Ok<JsonObject>(JsonObject object) -> object;
                case Result.Refused<JsonObject>(var problem) ->
                    throw CommandFailure.usage("the value of " + option + " is of no use: " + problem.message());
            };
        } catch (IOException e) {
            throw CommandFailure.of("cannot read the value of " + option + ": " + e.getMessage());
        }
    }

    private static String text(Shell shell, String argument) throws IOException {
        if (argument.equals("-")) {
            return new String(shell.in().readAllBytes(), StandardCharsets.UTF_8);
        }
        return argument.startsWith("@") ? Files.readString(shell.resolve(argument.substring(1))) : argument;
    }
}
