import io.deferred.Deferred;
import io.deferred.Dump;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Each of two bodies awaits the other one. */
class AwaitCircle {
    public static void main(String[] args) {
        CountDownLatch both = new CountDownLatch(1);
        List<Deferred<String>> bodies = new ArrayList<>();
        bodies.add(Deferred.<String>async(() -> {
                    both.await();
                    return bodies.get(1).await();
                })
                .named("first"));
        bodies.add(Deferred.<String>async(() -> { // FAULT: it awaits the first, which awaits it
                    both.await();
                    return bodies.get(0).await();
                })
                .named("second"));
        both.countDown();
        while (Dump.text().split("awaited by thread").length < 3) {
            Thread.onSpinWait(); // until both are there
        }
        System.out.println(Dump.text());
    }
}
