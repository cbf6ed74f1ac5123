package dev.mortise.plugin.piimasker;

/** Recognises one kind of personal data. Looks at a bounded number of characters, so that any text takes linear time. */
interface Detector {

    int NONE = -1;

    /**
     * @param start where a word begins
     * @return behind the data that begins exactly there; {@link #NONE} if none does
     */
    int end(String text, int start);
}
