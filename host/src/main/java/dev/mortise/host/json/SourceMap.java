package dev.mortise.host.json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a value, its members and its elements stand in the text that they were read from. It has the shape of the
 * value. Nobody changes it once the text has been read.
 */
public final class SourceMap implements Trace {

    private final Position key;
    private Position value = Position.START;
    private @Nullable Map<String, SourceMap> members;
    private @Nullable List<SourceMap> elements;

    SourceMap(Position key) {
        this.key = key;
    }

    /** Where the value begins. */
    public Position value() {
        return value;
    }

    /** Where its key begins; for an element of an array and for the whole document, where the value begins. */
    public Position key() {
        return key;
    }

    public Optional<SourceMap> member(String name) {
        return members == null ? Optional.empty() : Optional.ofNullable(members.get(name));
    }

    public Optional<SourceMap> element(int index) {
        return elements == null || index < 0 || index >= elements.size()
                ? Optional.empty()
                : Optional.of(elements.get(index));
    }

    @Override
    public void valueAt(Position position) {
        value = position;
    }

    @Override
    public Trace memberAt(String name, Position position) {
        if (members == null) {
            members = new HashMap<>();
        }
        SourceMap member = new SourceMap(position);
        members.put(name, member);
        return member;
    }

    @Override
    public Trace elementAt(Position position) {
        if (elements == null) {
            elements = new ArrayList<>();
        }
        SourceMap element = new SourceMap(position);
        elements.add(element);
        return element;
    }
}
