package dev.mortise.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

/** The body of a response, whose failures are failures of the download rather than of the disk it is stored on. */
final class ResponseBody extends BulkInputStream {

    private final InputStream in;
    private final Function<IOException, RefusalException> asRefusal;

    ResponseBody(InputStream in, Function<IOException, RefusalException> asRefusal) {
        this.in = in;
        this.asRefusal = asRefusal;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw asRefusal.apply(e);
        }
    }
}
