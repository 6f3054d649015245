package centralita.local.chaos;

import centralita.simulators.continuity.Asked;
import centralita.simulators.continuity.Asked.Outcome;
import centralita.simulators.continuity.ContinuityReport;
import java.util.List;

/**
 * Questions that no rule judges, because too little of them went into a media stream: after a gateway's end the provider
 * has none for a moment. They are counted so that nobody takes them for answered ones.
 *
 * @param questions whose answer was waited for
 * @param unanswered of them
 */
public record SaidWithoutStream(int questions, int unanswered) {
    static SaidWithoutStream of(List<ContinuityReport> callers) {
        var unheard = callers.stream()
                .flatMap(caller -> caller.asked().stream())
                .filter(one -> CallerRules.waitedFor(one) && !one.answerable())
                .map(Asked::outcome)
                .toList();
        return new SaidWithoutStream(unheard.size(), (int)
                unheard.stream().filter(Outcome.UNANSWERED::equals).count());
    }
}
