package dev.mortise.plugin.llmupstream;

import dev.mortise.contracts.llm.Model;
import java.util.List;

/** The models that an operator offers to clients; with none, whatever the server has. */
public record OfferedModels(List<Offered> models) {

    public OfferedModels {
        models = List.copyOf(models);
    }

    /** A model, by the name that clients use and by the one that the server knows. */
    public record Offered(String alias, String name) {

        static Offered of(String text) {
            int equals = text.indexOf('=');
            Offered model = equals < 0
                    ? new Offered(text.strip(), text.strip())
                    : new Offered(
                            text.substring(0, equals).strip(),
                            text.substring(equals + 1).strip());
            if (model.alias.isEmpty() || model.name.isEmpty()) {
                throw new IllegalArgumentException("models: '" + text + "' is neither name nor alias=name");
            }
            return model;
        }
    }

    /**
     * Reads models.
     *
     * @param texts each {@code name} or {@code alias=name}
     * @throws IllegalArgumentException naming the key {@code models} if one is neither
     */
    public static OfferedModels of(List<String> texts) {
        return new OfferedModels(texts.stream().map(Offered::of).toList());
    }

    public boolean isEmpty() {
        return models.isEmpty();
    }

    /** As clients see them. */
    public List<Model> list(String owner) {
        return models.stream().map(model -> new Model(model.alias(), 0, owner)).toList();
    }

    /** What the server calls the model; the first one where none is asked for. */
    public String realName(String asked) {
        return models.stream()
                .filter(model -> asked.isEmpty() || model.alias().equals(asked))
                .findFirst()
                .map(Offered::name)
                .orElse(asked);
    }
}
