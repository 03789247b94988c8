import io.deferred.Deferred;
import io.deferred.OutlivingWork;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The Deferred is cancelled, and the work for it goes on. */
class LostCancellation {
    static volatile boolean wanted = true;

    public static void main(String[] args) throws InterruptedException {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        CountDownLatch begun = new CountDownLatch(1);
        Deferred<String> report = Deferred.deferToThread(threads, () -> {
                    begun.countDown();
                    while (wanted) {
                        Thread.onSpinWait(); // FAULT: it never looks whether anybody still wants it
                    }
                    return "report";
                })
                .named("report");
        begun.await();
        report.cancel();
        report.handle(failure -> System.out.println(failure));
        for (OutlivingWork work : OutlivingWork.longerThan(Duration.ZERO)) {
            System.out.println(work.text());
        }
        wanted = false;
        threads.shutdown();
    }
}
