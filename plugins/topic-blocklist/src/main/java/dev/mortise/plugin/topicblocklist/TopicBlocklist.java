package dev.mortise.plugin.topicblocklist;

import dev.mortise.api.Decision;
import dev.mortise.api.Hook;
import dev.mortise.api.HookContext;
import dev.mortise.api.Param;
import dev.mortise.api.PluginContext;
import dev.mortise.api.json.JsonObject;
import dev.mortise.plugin.llmtext.ChatMessage;
import dev.mortise.plugin.llmtext.PlainPrompt;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Refuses requests that mention a topic, or only tells of them. */
@SuppressWarnings("NullAway.Init") // onLoad comes before everything else
public final class TopicBlocklist implements Hook {

    private Logger log;
    private List<Topic> topics;
    private Set<String> roles;
    private Action action;

    @Override
    public void onLoad(PluginContext context) {
        Settings settings = context.config().as(Settings.class);
        MatchMode mode = MatchMode.valueOf(settings.matchMode().toUpperCase(Locale.ROOT));
        log = context.logger();
        topics = settings.topics().stream()
                .filter(topic -> !topic.isBlank())
                .map(topic -> new Topic(topic, mode.matcher(topic, settings.caseSensitive())))
                .toList();
        roles = Set.copyOf(settings.scanRoles());
        action = Action.valueOf(settings.action().toUpperCase(Locale.ROOT));
    }

    @Override
    public Decision execute(HookContext request) {
        if (topics.isEmpty()) {
            return Decision.passthrough();
        }
        String text = String.join("\n", texts(request.body()));
        Optional<Topic> mentioned =
                topics.stream().filter(topic -> topic.isIn(text)).findFirst();
        if (mentioned.isEmpty()) {
            return Decision.passthrough();
        }
        String topic = mentioned.get().name();
        log.log(action.level, "a request mentions the topic {0} (trace {1})", topic, request.traceId());
        return switch (action) {
            case LOG, WARN -> Decision.passthrough();
            case BLOCK ->
                Decision.block(
                        400,
                        "topic_blocked",
                        "Request blocked: content matches a restricted topic. Topic: '" + topic
                                + "'. Please revise your request.");
        };
    }

    /** A prompt that is no chat is the user's. */
    private List<String> texts(JsonObject request) {
        List<String> texts = new ArrayList<>();
        ChatMessage.in(request).stream()
                .filter(message -> roles.contains(message.role()))
                .map(ChatMessage::text)
                .forEach(texts::add);
        if (roles.contains("user")) {
            texts.addAll(PlainPrompt.of(request).texts());
        }
        return texts;
    }

    private enum Action {
        LOG(Level.INFO),
        WARN(Level.WARNING),
        BLOCK(Level.WARNING);

        private final Level level;

        Action(Level level) {
            this.level = level;
        }
    }

    record Settings(
            List<String> topics,
            String action,
            @Param("match_mode") String matchMode,
            @Param("case_sensitive") boolean caseSensitive,
            @Param("scan_roles") List<String> scanRoles) {}
}
