package dev.mortise.bench;

import dev.mortise.bench.GuardBenchmark.Message;
import dev.mortise.host.guard.GuardedCall;

/** Five hooks of five classes that do next to nothing. */
final class BenchmarkHooks {

    private BenchmarkHooks() {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java makes no arrays of generic types.
    static GuardedCall<Message, Message>[] five() {
        return new GuardedCall[] {new First(), new Second(), new Third(), new Fourth(), new Fifth()};
    }

    private static final class First implements GuardedCall<Message, Message> {
        @Override
        public Message call(Message message) {
            message.sum += 1;
            return message;
        }
    }

    private static final class Second implements GuardedCall<Message, Message> {
        @Override
        public Message call(Message message) {
            message.sum += 2;
            return message;
        }
    }

    private static final class Third implements GuardedCall<Message, Message> {
        @Override
        public Message call(Message message) {
            message.sum += 3;
            return message;
        }
    }

    private static final class Fourth implements GuardedCall<Message, Message> {
        @Override
        public Message call(Message message) {
            message.sum += 4;
            return message;
        }
    }

    private static final class Fifth implements GuardedCall<Message, Message> {
        @Override
        public Message call(Message message) {
            message.sum += 5;
            return message;
        }
    }
}
