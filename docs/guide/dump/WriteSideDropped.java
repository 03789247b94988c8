import io.deferred.Deferred;
import io.deferred.Pair;
import java.util.concurrent.CountDownLatch;

/** The one who was to fire has forgotten about it. */
class WriteSideDropped {
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Deferred<String> answer = ask().named("answer");
        answer.handle(failure -> {
            System.out.println(failure.exception().getMessage());
            told.countDown();
        });
        while (told.getCount() > 0) {
            System.gc(); // a program in earnest would wait for it
        }
    }

    static Deferred<String> ask() {
        Pair<String> pair = Deferred.pair(); // FAULT: nobody keeps the write side
        return pair.readSide();
    }
}
