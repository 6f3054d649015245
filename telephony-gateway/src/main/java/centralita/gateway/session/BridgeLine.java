package centralita.gateway.session;

import centralita.audiolink.LinkControl;
import centralita.audiolink.RecordKind;
import centralita.gateway.link.AudioLink;
import centralita.gateway.link.LinkListener;
import org.jspecify.annotations.Nullable;

/**
 * A session's line to the bridge that serves it. Between two bridges there is none: what is said then is for nobody, and
 * the caller's audio waits in its ring. Event loop only.
 */
final class BridgeLine {
    private @Nullable AudioLink link;
    private int session;

    /** From now on this bridge is spoken to. @return the session's number there */
    int open(AudioLink to, LinkListener listener) {
        link = to;
        session = to.open(listener);
        return session;
    }

    /** @param stampMs stream time of what it is about; 0 when it is about none */
    void say(int stampMs, RecordKind kind, LinkControl body) {
        if (link != null) {
            link.control(session, stampMs, kind, body);
        }
    }

    void heard(int item, long heardMs, boolean toItsEnd) {
        if (link != null) {
            link.heard(session, item, heardMs, toItsEnd);
        }
    }

    /** Gives the bridge what it can take of the caller's audio. */
    void forward(CallerAudio audio) {
        if (link != null) {
            audio.forward(link, session);
        }
    }

    /** The bridge is gone by itself, and its session with it. */
    void broken() {
        link = null;
    }

    boolean isOpen() {
        return link != null;
    }

    /** Says the last word to the bridge, and listens no more. */
    void close(LinkControl.Detached lastWord) {
        say(0, RecordKind.DETACHED, lastWord);
        if (link != null) {
            link.close(session);
        }
        link = null;
    }
}
