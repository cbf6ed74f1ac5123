package dev.mortise.runtime.process.service;

import dev.mortise.api.json.JsonObject;
import dev.mortise.contracts.channel.Channel;
import dev.mortise.contracts.channel.ChannelContract;
import dev.mortise.runtime.process.fixture.ProcessPackage;
import dev.mortise.runtime.process.peer.ContractsPlugin;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A channel in Java, in a process of its own. */
class JavaChannelTest extends ChannelContract {

    @RegisterExtension
    static final ServiceHost HOST = new ServiceHost(
            folder -> ProcessPackage.java(folder, "channel", "1.0.0", ContractsPlugin.class, "'services':['channel']"));

    @AfterEach
    void clear() {
        HOST.call("clear", JsonObject.EMPTY);
    }

    @Override
    protected Channel channel() {
        return HOST.service(Channel.class);
    }

    @Override
    protected void say(String conversation, String text) {
        HOST.call("say", JsonObject.of("conversation", conversation).with("text", text));
    }

    @Override
    protected List<String> wentOut() {
        return HOST.texts("went_out");
    }
}
