package dev.mortise.contracts.channel;

import java.util.List;

final class MailboxTest extends ChannelContract {

    private final Mailbox mailbox = new Mailbox();

    @Override
    protected Channel channel() {
        return mailbox;
    }

    @Override
    protected void say(String conversation, String text) {
        mailbox.say(conversation, text);
    }

    @Override
    protected List<String> wentOut() {
        return mailbox.wentOut();
    }
}
