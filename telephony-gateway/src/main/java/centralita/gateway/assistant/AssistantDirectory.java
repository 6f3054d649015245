package centralita.gateway.assistant;

import centralita.contracts.assistant.AssistantProfile;
import centralita.contracts.json.ContractsJson;
import centralita.gateway.MediaLoop;
import centralita.gateway.redis.LiveStore;
import centralita.livestate.LiveKeys;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which assistant answers a number: a local copy of what the orchestrator has published, looked at every second. With
 * Redis away it goes on answering from what it knows. Event loop only.
 */
@Singleton
public class AssistantDirectory {
    private static final Logger LOG = Logger.getLogger(AssistantDirectory.class);
    private static final String ALL_OTHERS = "*";
    private static final long LOOK_EVERY_MS = 1000;
    /** Numbers that we remember; beyond it the one not asked for longest goes. */
    private static final int MAX_NUMBERS = 2000;

    private final LiveStore store;
    private final MediaLoop loop;
    /** Number to assistantId; an empty value is known to have none of its own. */
    private final Map<String, Optional<String>> numbers = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
            return size() > MAX_NUMBERS;
        }
    };

    /** Numbers that are being looked up for a caller who waits. */
    private final Map<String, Future<Void>> reading = new HashMap<>();

    private final Map<String, AssistantProfile> assistants = new LinkedHashMap<>();
    /** What they were read from. */
    private final Map<String, String> texts = new HashMap<>();

    AssistantDirectory(LiveStore store, MediaLoop loop) {
        this.store = store;
        this.loop = loop;
    }

    void start(@Observes StartupEvent started) {
        loop.run(() -> {
            numbers.put(ALL_OTHERS, Optional.empty());
            loop.every(LOOK_EVERY_MS, this::look);
            look();
        });
    }

    /**
     * The assistant of a number. Completes at once when the number is known. One that was never looked up is asked for
     * patiently: the caller would hear somebody else's assistant, or that nobody is here.
     *
     * @param number as the provider wrote it
     * @return empty when there is none, or none is known and Redis is away
     */
    public Future<Optional<AssistantProfile>> of(String number) {
        var known = local(number);
        var own = numbers.get(number);
        if (known != null || own != null && own.isEmpty() && !assistants.isEmpty()) {
            return Future.succeededFuture(Optional.ofNullable(known));
        }
        return read(number).map(_ -> Optional.ofNullable(local(number)).or(() -> known(ALL_OTHERS)));
    }

    /** Calls that come while a number is being looked up wait for the same answer. Never fails. */
    private Future<Void> read(String number) {
        var running = reading.get(number);
        if (running != null) {
            return running;
        }
        var untilMs = store.patience();
        var read = refresh(List.of(number, ALL_OTHERS), keys -> store.getAllUntil(keys, untilMs))
                .onFailure(AssistantDirectory::tell)
                .otherwiseEmpty()
                .onComplete(_ -> leaveToOthers(number));
        if (!read.isComplete()) {
            reading.put(number, read);
            read.onComplete(_ -> reading.remove(number));
        }
        return read;
    }

    /** What Redis did not say, the assistant of all others answers until the next look. Without one, the next call asks again. */
    private void leaveToOthers(String number) {
        if (!numbers.containsKey(number)) {
            numbers.put(number, Optional.empty());
            if (local(number) == null) {
                numbers.remove(number);
            }
        }
    }

    /** The assistant of that name, whatever number it answers; empty when it is not known here. */
    public Future<Optional<AssistantProfile>> named(String assistantId) {
        var known = assistants.get(assistantId);
        if (known != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        return store.get(LiveKeys.assistant(assistantId))
                .map(json -> json.map(text -> ContractsJson.read(text, AssistantProfile.class)))
                .otherwise(Optional.empty());
    }

    /** The assistant of a number, as far as it is known here. Asks nobody. */
    public Optional<AssistantProfile> known(String number) {
        return Optional.ofNullable(local(number));
    }

    private @Nullable AssistantProfile local(String number) {
        var own = numbers.get(number);
        if (own != null && own.isPresent()) {
            return assistants.get(own.get());
        }
        // A number that was never looked up may have an assistant of its own.
        if (own == null && !number.equals(ALL_OTHERS)) {
            return null;
        }
        var others = numbers.get(ALL_OTHERS);
        return others == null ? null : others.map(assistants::get).orElse(null);
    }

    private void look() {
        refresh(List.copyOf(numbers.keySet()), store::getAll).onFailure(AssistantDirectory::tell);
    }

    private static void tell(Throwable failure) {
        if (!(failure instanceof LiveStore.UnavailableException)) {
            LOG.warnf("The assistants could not be read. reason=%s", failure.getMessage());
        }
    }

    private Future<Void> refresh(List<String> wanted, Function<List<String>, Future<List<Optional<String>>>> question) {
        var keys = new ArrayList<>(wanted.stream().map(LiveKeys::number).toList());
        keys.add(LiveKeys.DIRECTORY);
        return question.apply(keys).compose(found -> {
            // A Redis that came back empty does not say that numbers have no assistant: what is known stays.
            var whole = found.getLast().isPresent();
            var ids = new ArrayList<String>();
            for (var i = 0; i < wanted.size(); i++) {
                if (whole || found.get(i).isPresent()) {
                    numbers.put(wanted.get(i), found.get(i));
                }
                found.get(i).filter(id -> !ids.contains(id)).ifPresent(ids::add);
            }
            return ids.isEmpty() ? Future.succeededFuture() : refreshAssistants(ids, question);
        });
    }

    private Future<Void> refreshAssistants(
            List<String> ids, Function<List<String>, Future<List<Optional<String>>>> question) {
        return question.apply(ids.stream().map(LiveKeys::assistant).toList()).map(found -> {
            for (var i = 0; i < ids.size(); i++) {
                var id = ids.get(i);
                found.get(i).ifPresent(json -> keep(id, json));
            }
            return null;
        });
    }

    /** The same text is the same object, for all calls and however often it is looked at: a persona may be long. */
    private void keep(String id, String json) {
        if (json.equals(texts.get(id))) {
            return;
        }
        try {
            assistants.put(id, ContractsJson.read(json, AssistantProfile.class));
            texts.put(id, json);
        } catch (IllegalArgumentException _) {
            // The version before it still serves; a broken one must not take a number off the line.
            LOG.warnf("An assistant cannot be read and is left as it was. assistantId=%s", id);
        }
    }
}
