package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Takes the entries of a package, checked, one after another; a folder comes before what is in it. */
interface EntrySink {

    /** For checking only. */
    EntrySink DISCARD = new EntrySink() {
        @Override
        public void folder(EntryName name) {}

        @Override
        public void file(EntryName name, boolean executable, InputStream content) throws IOException {
            content.transferTo(OutputStream.nullOutputStream());
        }
    };

    void folder(EntryName name) throws IOException;

    /**
     * @param content to be read to its end by the sink, which is also when its checks are complete
     */
    void file(EntryName name, boolean executable, InputStream content) throws IOException;
}
