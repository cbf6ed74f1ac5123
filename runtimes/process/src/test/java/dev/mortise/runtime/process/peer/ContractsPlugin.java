package dev.mortise.runtime.process.peer;

import dev.mortise.api.ServiceException;
import dev.mortise.api.json.JsonObject;
import dev.mortise.api.json.JsonString;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.Mailbox;
import dev.mortise.contracts.llm.Completion;
import dev.mortise.contracts.llm.CompletionRequest;
import dev.mortise.contracts.llm.LlmProvider;
import dev.mortise.contracts.operations.ConfiguredStatus;
import dev.mortise.contracts.operations.MemoryNotifier;
import dev.mortise.contracts.operations.MemoryStore;
import dev.mortise.contracts.operations.Notification;
import dev.mortise.contracts.operations.Notifier;
import dev.mortise.contracts.operations.StatusProvider;
import dev.mortise.contracts.operations.Store;
import dev.mortise.runtime.process.sdk.MortisePlugin;

/** A plugin for Mortise with every contract, and functions by which a test looks behind them. */
public final class ContractsPlugin {

    private static final JsonObject ANY = JsonObject.of("type", "object");

    /** Titles that begin with it are refused, with the kind that follows. */
    public static final String REFUSED = "refuse-as-";

    private ContractsPlugin() {}

    public static void main(String[] arguments) {
        MortisePlugin plugin = MortisePlugin.create();
        Mailbox mailbox = new Mailbox();
        Choosy notifier = new Choosy(MemoryNotifier.taking());
        plugin.service(Store.class, new MemoryStore())
                .service(LlmProvider.class, new Echo())
                .service(Notifier.class, notifier)
                .service(StatusProvider.class, new ConfiguredStatus())
                .service(Channel.class, mailbox)
                .function(
                        "arrived",
                        "What the notifier has taken",
                        ANY,
                        ANY,
                        (params, info) ->
                                JsonObject.of("texts", notifier.taking().taken()))
                .function("clear", "Empties the channel", ANY, ANY, (params, info) -> {
                    mailbox.clear();
                    return JsonObject.EMPTY;
                })
                .function("crash", "Ends the process", ANY, ANY, (params, info) -> {
                    Runtime.getRuntime().halt(9);
                    return JsonObject.EMPTY;
                })
                .function("say", "Says something in the channel", ANY, ANY, (params, info) -> {
                    mailbox.say(
                            params.text("conversation").orElseThrow(),
                            params.text("text").orElseThrow());
                    return JsonObject.EMPTY;
                })
                .function(
                        "went_out",
                        "What the channel has sent",
                        ANY,
                        ANY,
                        (params, info) -> JsonObject.of(
                                "texts",
                                mailbox.wentOut().stream().map(JsonString::new).toList()))
                .serve();
    }

    private record Choosy(MemoryNotifier taking) implements Notifier {

        @Override
        public String name() {
            return "choosy";
        }

        @Override
        public void notify(Notification notification) {
            if (notification.title().startsWith(REFUSED)) {
                String kind = notification.title().substring(REFUSED.length()).split(" ", 2)[0];
                throw new ServiceException(ServiceException.Kind.valueOf(kind), "refused as " + kind);
            }
            taking.notify(notification);
        }
    }

    private static final class Echo implements LlmProvider {

        @Override
        public String name() {
            return "echo";
        }

        @Override
        public Completion complete(CompletionRequest request) {
            if (request.model().equals("broken")) {
                throw new IllegalStateException("as it was asked to");
            }
            return new Completion(
                    request.system() + "|" + request.messages().getLast().text());
        }
    }
}
