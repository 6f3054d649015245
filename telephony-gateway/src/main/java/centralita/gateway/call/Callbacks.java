package centralita.gateway.call;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.phone.PhoneNumber;
import centralita.gateway.assistant.AssistantDirectory;
import centralita.gateway.ladder.Ladder;
import centralita.gateway.ladder.Situation;
import centralita.gateway.ladder.SpokenLanguage;
import centralita.livestate.LiveCall;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/** Sees to it that callers are called back; who withholds his number cannot be. Once for each call. Event loop only. */
@Singleton
class Callbacks {
    private final AssistantDirectory assistants;
    private final Ladder ladder;
    private final CallFacts facts;

    Callbacks(AssistantDirectory assistants, Ladder ladder, CallFacts facts) {
        this.assistants = assistants;
        this.ladder = ladder;
        this.facts = facts;
    }

    /** A caller on the ladder is about to be told that he is called back. @return whether he will be; never fails */
    Future<Boolean> book(Climber climber) {
        var assistant = climber.assistant;
        return PhoneNumber.of(climber.call.theirs())
                .map(number -> facts.callBack(
                        climber.call, number, assistant.assistantId(), assistant.language(), climber.situation.cause()))
                .orElseGet(() -> Future.succeededFuture(false));
    }

    /** Who was cut off by a fault of ours is called back, where the operator wants it so: nobody can ask him. */
    void dropped(LiveCall call) {
        var number = PhoneNumber.of(call.theirs());
        if (number.isEmpty() || !ladder.callsBackWhenDropped()) {
            return;
        }
        assistants.named(call.assistantId()).onSuccess(assistant -> {
            var language = assistant
                    .map(AssistantProfile::language)
                    .orElse(SpokenLanguage.ofNumber(call.to(), ladder.language())
                            .tag());
            facts.callBack(call, number.get(), call.assistantId(), language, Situation.DROPPED_BY_PLATFORM.cause());
        });
    }
}
