package centralita.bridge.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a provider words the protocol. Inside there is only GA; what comes in is understood in both (8). */
enum Dialect {
    GA {
        @Override
        ObjectNode render(ObjectNode event) {
            return event;
        }
    },
    BETA {
        @Override
        ObjectNode render(ObjectNode event) {
            return BetaShape.of(event);
        }
    };

    /** @param event of ours, GA @return as this dialect words it; perhaps the same object */
    abstract ObjectNode render(ObjectNode event);
}
