package centralita.orchestrator.reconcile;

import centralita.edge.log.CallLog;
import centralita.orchestrator.reconcile.OpenCalls.Borrowed;
import centralita.orchestrator.reconcile.rules.Finding;
import centralita.orchestrator.reconcile.rules.OpenCall;
import centralita.orchestrator.reconcile.rules.OpenCallRules;
import centralita.orchestrator.reconcile.rules.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * Sees to it that every call ends (I4): looks for open calls that have gone quiet, asks the provider, and does what
 * {@link OpenCallRules} says. Any number of processes may do so side by side. Never blocks; a failure leaves the call for
 * the next search.
 */
@ApplicationScoped
class Reconciliation {
    private static final Logger LOG = Logger.getLogger(Reconciliation.class);

    private final OpenCalls calls;
    private final ProviderCalls provider;
    private final ReconcileConfig config;
    private final MeterRegistry meters;

    Reconciliation(OpenCalls calls, ProviderCalls provider, ReconcileConfig config, MeterRegistry meters) {
        this.calls = calls;
        this.provider = provider;
        this.config = config;
        this.meters = meters;
    }

    @Scheduled(every = "{orchestrator.reconcile.every}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> search() {
        return lookAtAll()
                .onFailure()
                .invoke(failure ->
                        LOG.warnf("Open calls could not be looked at; it is tried again. reason=%s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** Few at a time, so that what a process has borrowed is seen to within the lease. */
    private Uni<Void> lookAtAll() {
        var most = config.concurrency() * 2;
        return calls.borrow(config.quietFor(), most)
                .chain(borrowed -> lookAt(borrowed)
                        .chain(() -> borrowed.size() < most ? Uni.createFrom().voidItem() : lookAtAll()));
    }

    private Uni<Void> lookAt(List<Borrowed> borrowed) {
        return Multi.createFrom()
                .iterable(borrowed)
                .onItem()
                .transformToUni(this::lookAt)
                .merge(config.concurrency())
                .collect()
                .last();
    }

    private Uni<Void> lookAt(Borrowed borrowed) {
        var call = borrowed.call();
        return look(call)
                .invoke(finding -> count(finding))
                .chain(finding ->
                        act(call, finding, OpenCallRules.decide(call, finding, borrowed.now(), config.limits())))
                .onFailure()
                .invoke(failure -> CallLog.run(
                        call.callId(), () -> LOG.warnf("An open call could not be settled. reason=%s", failure)))
                // Its lease runs out, and then it is anybody's again.
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Finding> look(OpenCall call) {
        return call.callSid() == null ? Uni.createFrom().item(new Finding.NoCallSid()) : provider.look(call.callSid());
    }

    private Uni<Void> act(OpenCall call, Finding finding, Verdict verdict) {
        return switch (verdict) {
            case Verdict.End end ->
                calls.end(call, end)
                        .invoke(told -> {
                            if (told) {
                                reaped(call, end);
                            }
                        })
                        .replaceWithVoid();
            case Verdict.HangUp(var after) -> hangUp(call).chain(() -> calls.giveBack(call.callId(), after, false));
            case Verdict.LookAgain(var after, var silent) -> {
                if (silent) {
                    meters.counter("calls.silent").increment();
                    CallLog.run(
                            call.callId(),
                            () -> LOG.warnf(
                                    "A call goes on at the provider and nobody here hears of it. newsAt=%s",
                                    call.newsAt()));
                }
                yield calls.giveBack(call.callId(), after, finding instanceof Finding.NoAnswer);
            }
        };
    }

    private Uni<Void> hangUp(OpenCall call) {
        var callSid = call.callSid();
        if (callSid == null) {
            return Uni.createFrom().voidItem();
        }
        return calls.meanToHangUp(call)
                .chain(mine -> mine
                        ? provider.hangUp(callSid)
                                .invoke(answer -> CallLog.run(
                                        call.callId(),
                                        () -> LOG.warnf(
                                                "A call lasted longer than any may and is hung up. answer=%s",
                                                word(answer))))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    private void reaped(OpenCall call, Verdict.End end) {
        meters.counter("calls.reaped", "reason", word(end.why().name())).increment();
        CallLog.run(
                call.callId(),
                () -> LOG.infof(
                        "A call was found to be over. why=%s outcome=%s reason=%s",
                        end.why(), end.fact().outcome(), end.fact().reason()));
    }

    private void count(Finding finding) {
        meters.counter("calls.reconciled", "result", word(finding)).increment();
    }

    private static String word(Finding finding) {
        return switch (finding) {
            case Finding.Alive _ -> "alive";
            case Finding.Over _ -> "over";
            case Finding.NotThere _ -> "not-there";
            case Finding.NoCallSid _ -> "no-call-sid";
            case Finding.NoAnswer no -> no.reason();
        };
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
