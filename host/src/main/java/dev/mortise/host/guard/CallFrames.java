package dev.mortise.host.guard;

import java.util.ArrayList;
import java.util.List;

/** The guarded calls on a thread's stack, each nested in the one before. Frames are used again and again. */
final class CallFrames {

    /** The innermost call; means nothing while there is none. */
    final CallFrame current = new CallFrame();

    /** The calls around it, outermost first; {@code depth - 1} of them. */
    private CallFrame[] around = new CallFrame[0];

    private int depth;

    int depth() {
        return depth;
    }

    /** Makes room, so that {@link #push} cannot fail. */
    void reserve() {
        if (around.length < depth) {
            CallFrame[] more = new CallFrame[Math.max(4, 2 * depth)];
            System.arraycopy(around, 0, more, 0, around.length);
            for (int i = around.length; i < more.length; i++) {
                more[i] = new CallFrame();
            }
            around = more;
        }
    }

    /** Puts {@link #current} aside for the call that is about to be written into it. */
    void push() {
        if (depth > 0) {
            around[depth - 1].take(current);
        }
        depth++;
    }

    /**
     * Goes back to the call around the current one.
     *
     * @return how many calls are left
     */
    int pop() {
        depth--;
        if (depth > 0) {
            current.take(around[depth - 1]);
        }
        return depth;
    }

    CallFrame outermost() {
        CallFrame[] frames = around;
        return depth > 1 && frames.length > 0 ? frames[0] : current;
    }

    /** Innermost first. */
    List<CallFrame> copies() {
        List<CallFrame> copies = new ArrayList<>();
        copies.add(current.copy());
        CallFrame[] frames = around;
        for (int i = Math.min(depth - 1, frames.length) - 1; i >= 0; i--) {
            copies.add(frames[i].copy());
        }
        return copies;
    }

    int countOf(int guard) {
        int count = current.guard == guard ? 1 : 0;
        CallFrame[] frames = around;
        for (int i = 0; i < Math.min(depth - 1, frames.length); i++) {
            count += frames[i].guard == guard ? 1 : 0;
        }
        return count;
    }
}
