package centralita.simulators.caller;

import centralita.simulators.speech.ClipRecognizer;
import centralita.simulators.twilio.CallReport;
import centralita.simulators.twilio.IncomingCall;
import centralita.simulators.twilio.LineEvent;
import centralita.simulators.twilio.TwilioStandIn;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Lets people phone in by a script and judges what they heard. Blocks its caller until all calls are over. */
public final class ScriptedCaller {
    /** A stand-in that does not end a call within this is broken. */
    private static final Duration LONGEST_CALL = Duration.ofMinutes(15);

    private final TwilioStandIn twilio;
    private final @Nullable ModelMemory model;
    private final int callsPerSecond;
    private final UnaryOperator<IncomingCall> conditions;

    private ScriptedCaller(
            TwilioStandIn twilio,
            @Nullable ModelMemory model,
            int callsPerSecond,
            UnaryOperator<IncomingCall> conditions) {
        this.twilio = twilio;
        this.model = model;
        this.callsPerSecond = callsPerSecond;
        this.conditions = conditions;
    }

    /** Twenty callers a second, on a good line, without a look into the model's memory. */
    public static ScriptedCaller on(TwilioStandIn twilio) {
        return new ScriptedCaller(twilio, null, 20, UnaryOperator.identity());
    }

    /** @param admin of the model stand-in; needed by {@code expect truncated} and {@code expect tool call} */
    public ScriptedCaller askingModel(URI admin) {
        return new ScriptedCaller(twilio, new ModelMemory(admin), callsPerSecond, conditions);
    }

    public ScriptedCaller withCallsPerSecond(int rate) {
        return new ScriptedCaller(twilio, model, Math.clamp(rate, 1, 1_000), conditions);
    }

    /** @param change of every call before it is placed: other webhooks, a bad line */
    public ScriptedCaller with(UnaryOperator<IncomingCall> change) {
        return new ScriptedCaller(twilio, model, callsPerSecond, change);
    }

    /**
     * @param callers how many follow the script at the same time
     * @throws ScriptException when the script's files cannot be read
     */
    public ScriptVerdict run(CallerScript script, int callers) throws InterruptedException {
        var sounds = new ScriptSounds(script);
        var recognizer = ClipRecognizer.ofRecordedClips();
        var runs = new ArrayList<ScriptRun>();
        var calls = place(script, callers, sounds, recognizer, runs);
        var reports = new ArrayList<CallerReport>();
        for (int caller = 0; caller < callers; caller++) {
            reports.add(judge(script, caller, runs.get(caller), finished(calls.get(caller))));
        }
        return new ScriptVerdict(script.name(), reports);
    }

    private List<CompletionStage<CallReport>> place(
            CallerScript script, int callers, ScriptSounds sounds, ClipRecognizer recognizer, List<ScriptRun> runs)
            throws InterruptedException {
        var calls = new ArrayList<CompletionStage<CallReport>>();
        try (var pace = Executors.newSingleThreadScheduledExecutor()) {
            for (int caller = 0; caller < callers; caller++) {
                var run = new ScriptRun(script, sounds, recognizer, caller);
                runs.add(run);
                var incoming = conditions.apply(IncomingCall.of(script.numberOf(caller), script.to()));
                var placed = new CompletableFuture<CallReport>();
                pace.schedule(
                        () -> twilio.phoneIn(incoming, run).ended().whenComplete((report, failure) -> {
                            if (failure == null) {
                                placed.complete(report);
                            } else {
                                placed.completeExceptionally(failure);
                            }
                        }),
                        caller * 1_000L / callsPerSecond,
                        TimeUnit.MILLISECONDS);
                calls.add(placed);
            }
        }
        return calls;
    }

    private static @Nullable CallReport finished(CompletionStage<CallReport> call) {
        try {
            return call.toCompletableFuture()
                    .orTimeout(LONGEST_CALL.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            return null;
        }
    }

    private CallerReport judge(CallerScript script, int caller, ScriptRun run, @Nullable CallReport finished)
            throws InterruptedException {
        var call = finished != null
                ? finished
                : new CallReport(
                        "",
                        script.from(),
                        script.to(),
                        "failed",
                        CallReport.EndedBy.NETWORK,
                        Duration.ZERO,
                        List.of(new CallReport.Incident(0, "the call could not be placed or did not end")),
                        List.of(),
                        List.of());
        var steps = new ArrayList<>(run.steps());
        if (finished == null) {
            steps.add(new CallerReport.StepReport(1, "call " + script.to(), 0, 0, "the call did not take place"));
        }
        for (var line : script.lines()) {
            if (line.step().judgedAfterwards()) {
                var failure = judgeAfterwards(line.step(), run);
                steps.add(new CallerReport.StepReport(
                        line.number(), line.text(), call.talkTime().toMillis(), 0, failure));
            }
        }
        steps.sort(Comparator.comparingInt(CallerReport.StepReport::line));
        // One whose call did not end may be listening at this moment.
        var clips =
                finished == null ? List.<ClipRecognizer.Heard>of() : run.heard().clips();
        var heard = clips.stream()
                .map(hit -> new CallerReport.HeardClip(
                        hit.clip().name(), hit.clip().text(), hit.fromMs(), hit.toMs(), hit.share()))
                .toList();
        return new CallerReport(
                caller,
                run.trace().callId(),
                List.copyOf(steps),
                run.trace().announcements(),
                heard,
                run.deadAirMs(),
                parrot(script, run),
                call);
    }

    private String judgeAfterwards(Step step, ScriptRun run) throws InterruptedException {
        return switch (step) {
            case Step.ExpectSpeech() -> run.heard().everSpoken() ? "" : "no speech was heard";
            case Step.ExpectDeadAirBelow(var ms) ->
                run.deadAirMs() < ms ? "" : "nobody spoke for " + run.deadAirMs() + " ms";
            case Step.ExpectTruncated(var within) ->
                askModel(run, items -> {
                    var clears = run.trace().clears();
                    return streams(clears) > 1
                            ? "the call had several streams: a truncation cannot be judged"
                            : TruncationJudge.judge(clears, items, within);
                });
            case Step.ExpectToolCall(var name) ->
                askModel(
                        run,
                        items -> items.stream()
                                        .anyMatch(item -> item.type().equals("function_call")
                                                && (name.isEmpty()
                                                        || item.name().equals(name)))
                                ? ""
                                : "the model called no tool" + (name.isEmpty() ? "" : " " + name));
            default -> "";
        };
    }

    private static long streams(List<LineEvent.StreamCleared> clears) {
        return clears.stream()
                .map(LineEvent.StreamCleared::streamSid)
                .distinct()
                .count();
    }

    private String askModel(ScriptRun run, Function<List<ModelMemory.Item>, String> judge) throws InterruptedException {
        if (model == null) {
            return "the model stand-in's address is not known";
        }
        if (run.trace().callId().isEmpty()) {
            return "no document told the call's id";
        }
        try {
            return judge.apply(model.items(run.trace().callId()));
        } catch (IOException e) {
            return "the model stand-in could not be asked: " + e.getMessage();
        }
    }

    private static CallerReport.@Nullable ParrotReport parrot(CallerScript script, ScriptRun run) {
        if (script.lines().stream().noneMatch(line -> line.step() instanceof Step.Parrot)) {
            return null;
        }
        var count = run.parrotCount();
        return new CallerReport.ParrotReport(
                count.sent(), count.heard(), count.lost(), count.corrupted(), count.crossed(), count.repeated());
    }
}
