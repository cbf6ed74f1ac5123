package dev.mortise.runtime.process.goplugin;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;

/** Says in words what is wrong with a connection, down to the cause that explains it. */
final class ChannelFault {

    private ChannelFault() {}

    static String of(Status status) {
        List<String> causes = new ArrayList<>();
        boolean tls = false;
        for (Throwable cause = status.getCause(); cause != null && causes.size() < 5; cause = cause.getCause()) {
            tls |= cause instanceof SSLException;
            String message = cause.getMessage();
            if (message != null && !causes.contains(message)) {
                causes.add(message);
            }
        }
        String description = status.getDescription();
        String text = status.getCode()
                + (description == null ? "" : " " + description)
                + (causes.isEmpty() ? "" : " (" + String.join("; ", causes) + ")");
        return tls
                ? "TLS fails, so the plugin is not the one that shook hands, or uses another certificate than it announced: "
                        + text
                : text;
    }
}
