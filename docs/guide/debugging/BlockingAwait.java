import io.deferred.Deferred;
import io.deferred.SlowCallbacks;

/** A callback waits for what the same thread was to bring, two lines below. */
class BlockingAwait {
    public static void main(String[] args) {
        SlowCallbacks.setHandler(slow -> {
            System.out.println(slow.text());
            System.exit(1); // or it would wait for ever
        });
        Deferred<String> order = new Deferred<String>().named("order");
        Deferred<String> price = new Deferred<String>().named("price");
        Deferred<String> line = order.addCallback(number -> {
            return number + " costs " + price.await(); // FAULT: return the Deferred from chainCallback instead
        });
        order.callback("order 1");
        price.callback("3 euros");
        line.consume(System.out::println);
    }
}
