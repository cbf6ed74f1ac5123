package dev.mortise.plugin.piimasker;

/** Recognises one kind of personal data. Looks at a bounded number of characters, so that any text takes linear time. */
interface Detector {

    int NONE = -1;

    /**
     * Looks whether data of its kind begins exactly there.
     *
     * @param start where a word begins
     * @return behind the data; {@link #NONE} if there is none
     */
    int end(String text, int start);
}
