package centralita.orchestrator.redis;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import centralita.livestate.LiveKeys;
import centralita.orchestrator.number.AnsweredNumber;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.datasource.keys.KeyScanArgs;
import io.quarkus.redis.datasource.keys.ReactiveKeyCommands;
import io.quarkus.redis.datasource.value.ReactiveValueCommands;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What gateways read in Redis: {@code docs/live-state.md}. Fails when Redis does. */
@ApplicationScoped
class LiveDirectory {
    private final ReactiveValueCommands<String, String> values;
    private final ReactiveKeyCommands<String> keys;

    LiveDirectory(ReactiveRedisDataSource redis) {
        values = redis.value(String.class);
        keys = redis.key();
    }

    Uni<Void> put(AssistantProfile profile) {
        return values.setex(
                LiveKeys.assistant(profile.assistantId()),
                LiveKeys.ASSISTANT_TTL.toSeconds(),
                ContractsJson.write(profile));
    }

    Uni<Void> put(AnsweredNumber number) {
        return values.setex(LiveKeys.number(number.number()), LiveKeys.ASSISTANT_TTL.toSeconds(), number.assistantId());
    }

    /** From now on a number or an assistant that is missing does not exist. */
    Uni<Void> markWhole() {
        return values.setex(LiveKeys.DIRECTORY, LiveKeys.ASSISTANT_TTL.toSeconds(), "whole");
    }

    /** Whether Redis still knows what it was told, and did not come back empty. */
    Uni<Boolean> isWhole() {
        return keys.exists(LiveKeys.DIRECTORY);
    }

    Uni<Void> removeNumber(String number) {
        return keys.del(LiveKeys.number(number)).replaceWithVoid();
    }

    /** Removes numbers that were taken away while Redis was not there to hear of it. */
    Uni<Void> removeNumbersBut(List<AnsweredNumber> known) {
        Set<String> kept = new HashSet<>();
        known.forEach(number -> kept.add(LiveKeys.number(number.number())));
        // The star is a word of the pattern here, not the key number:*.
        return keys.scan(new KeyScanArgs().match("number:*").count(500))
                .toMulti()
                .filter(key -> !kept.contains(key))
                .collect()
                .asList()
                .chain(stale -> stale.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : keys.del(stale.toArray(String[]::new)).replaceWithVoid());
    }
}
