import io.deferred.Deferred;
import io.deferred.Dump;
import io.deferred.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A time-out made by hand, which nobody takes back when the answer is there; addTimeout would. */
class LeakedTimeouts {
    public static void main(String[] args) {
        List<Deferred<?>> timeouts = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            Deferred<String> answer = new Deferred<>();
            timeouts.add(Deferred.deferLater(Scheduler.system(), Duration.ofHours(1)).consume(v -> answer.cancel())); // FAULT: armed for an hour
            answer.callback("in time");
        }
        System.out.println(Dump.text());
    }
}
