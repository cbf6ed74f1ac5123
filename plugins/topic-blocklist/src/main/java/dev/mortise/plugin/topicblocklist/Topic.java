package dev.mortise.plugin.topicblocklist;

import java.util.function.Predicate;

/** @param name as the operator wrote it */
record Topic(String name, Predicate<String> matcher) {

    boolean isIn(String text) {
        return matcher.test(text);
    }
}
