import io.deferred.Deferred;
import io.deferred.SlowCallbacks;

/** A callback keeps the thread that fires for a minute. */
class SlowWork {
    public static void main(String[] args) {
        SlowCallbacks.setHandler(slow -> {
            System.out.println(slow.text());
            System.exit(1); // it would go on, but we have seen enough
        });
        Deferred<String> order = new Deferred<String>().named("order");
        order.consume(number -> print(number));
        order.callback("order 1");
    }

    static void print(String number) {
        try {
            Thread.sleep(60_000); // FAULT: work for deferToThread
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
