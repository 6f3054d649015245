package centralita.simulators.load;

import centralita.simulators.load.FrameIntake.Account;
import centralita.simulators.load.LoadResult.Direction;
import centralita.simulators.load.Pacer.Cadence;
import centralita.simulators.load.socket.SocketLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One run: all calls phone in, speak and are spoken to, are measured for a while, and hang up. The thread that calls
 * {@link #run} waits; another may {@link #stop} it.
 */
public final class LoadRun {
    private static final AtomicInteger NEXT_CALL = new AtomicInteger(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration DRAIN_STEP = Duration.ofMillis(100);
    private static final int DRAIN_STEPS = 30;
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    /** What somebody else measures meanwhile; on the thread that runs. */
    public interface Window {
        /** Every call is on the line and warm. */
        void opened();

        /** The measured time is over; every call is still on the line. */
        void closed();
    }

    private final LoadPlan plan;
    private final Entrance entrance;
    private final LoadModel model;
    private final SocketLoop loop;
    private final Cohort cohort;
    private final LoadMeter meter = new LoadMeter();
    private final List<LoadCaller> callers = new ArrayList<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private final CountDownLatch settled;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger heard = new AtomicInteger();

    /** @param loop that {@code model} listens on: what callers and model receive is counted by one thread */
    public LoadRun(LoadPlan plan, Entrance entrance, LoadModel model, SocketLoop loop) {
        this.plan = plan;
        this.entrance = entrance;
        this.model = model;
        this.loop = loop;
        this.cohort = new Cohort(NEXT_CALL.getAndAdd(plan.calls()), plan, meter);
        this.settled = new CountDownLatch(plan.calls());
    }

    /** Runs it all once. */
    public LoadResult run(Window window) throws InterruptedException {
        model.serve(cohort);
        var pacer = Pacer.start(List.of(
                new Cadence(TimeUnit.MILLISECONDS.toNanos(FrameStamp.FRAME_MS), plan.calls(), cohort::callerBeat),
                new Cadence(TimeUnit.MILLISECONDS.toNanos(plan.speech().deltaMs()), plan.calls(), cohort::modelBeat)));
        try {
            ring();
            settled.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            pause(plan.warmUp());
            loop.execute(() -> meter.measure(true));
            pacer.measure();
            window.opened();
            long openedNanos = System.nanoTime();
            pause(plan.window());
            double seconds = (System.nanoTime() - openedNanos) / 1e9;
            loop.ask(() -> {
                meter.measure(false);
                return true;
            });
            window.closed();
            Percentiles late = pacer.stop();
            drain();
            return loop.ask(() -> result(seconds, late));
        } finally {
            pacer.close();
            callers.forEach(LoadCaller::hangUp);
            stopped.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Ends a run early; {@link #run} then returns what there is. */
    public void stop() {
        stopped.countDown();
    }

    private void ring() throws InterruptedException {
        byte[] decoded = new byte[LoadModel.LARGEST_AUDIO];
        long began = System.nanoTime();
        for (int slot = 0; slot < plan.calls() && stopped.getCount() > 0; slot++) {
            long due = began + (long) (slot * 1e9 / plan.callsPerSecond());
            stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
            int place = slot;
            entrance.ring(cohort.call(slot)).whenComplete((stream, failure) -> {
                if (stream == null) {
                    loop.execute(() -> failed(reason(failure)));
                    return;
                }
                var caller = new LoadCaller(cohort.call(place), stream, meter, new Settling(), decoded);
                synchronized (callers) {
                    callers.add(caller);
                }
                cohort.seat(place, caller);
                loop.connect(stream.url(), stream.headers(), caller);
            });
        }
    }

    /** Waits until nothing is on its way, within reason. */
    private void drain() throws InterruptedException {
        for (int step = 0; step < DRAIN_STEPS; step++) {
            pause(DRAIN_STEP);
            if (loop.ask(this::missing) == 0) {
                return;
            }
        }
    }

    private long missing() {
        return accounts(true).stream().mapToLong(Account::lost).sum()
                + accounts(false).stream().mapToLong(Account::lost).sum();
    }

    private List<Account> accounts(boolean toModel) {
        List<Account> accounts = new ArrayList<>();
        for (int slot = 0; slot < plan.calls(); slot++) {
            LoadCaller caller = cohort.caller(slot);
            ModelVoice voice = cohort.voice(slot);
            if (caller != null && voice != null) {
                accounts.add(toModel ? voice.balance(caller.sent()) : caller.balance(voice.sent()));
            }
        }
        return accounts;
    }

    private LoadResult result(double seconds, Percentiles late) {
        long sentByCallers = 0;
        long sentByModel = 0;
        long stale = 0;
        for (int slot = 0; slot < plan.calls(); slot++) {
            LoadCaller caller = cohort.caller(slot);
            ModelVoice voice = cohort.voice(slot);
            sentByCallers += caller == null ? 0 : caller.sent().total();
            sentByModel += voice == null ? 0 : voice.sent().total();
            stale += caller == null ? 0 : caller.stale();
        }
        for (LoadCaller caller : callers) {
            if (caller.dropped()) {
                failures.merge("ended before the run did", 1, Integer::sum);
            }
        }
        return new LoadResult(
                plan.calls(),
                heard.get(),
                Map.copyOf(failures),
                seconds,
                entrance.takeLatencies(),
                meter.firstAudio(),
                Direction.of(meter.toModel(), sentByCallers, accounts(true)),
                Direction.of(meter.toCaller(), sentByModel, accounts(false)),
                meter.bargeIn(),
                stale,
                late);
    }

    private void pause(Duration time) throws InterruptedException {
        stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** On the loop's thread. */
    private void failed(String why) {
        failures.merge(why, 1, Integer::sum);
        settled.countDown();
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }

    private final class Settling implements LoadCaller.Fate {
        @Override
        public void hears() {
            heard.incrementAndGet();
            settled.countDown();
        }

        @Override
        public void failed(String why) {
            LoadRun.this.failed(why);
        }
    }
}
