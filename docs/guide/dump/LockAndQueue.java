import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.DeferredQueue;
import io.deferred.Dump;

/** The consumer waits for an item and holds the lock meanwhile, which the producer needs to put one. */
class LockAndQueue {
    public static void main(String[] args) {
        DeferredLock lock = new DeferredLock();
        DeferredQueue<String> queue = new DeferredQueue<>();
        Deferred<String> consumer = lock.run(() -> queue.get()).named("consumer"); // FAULT: waits with the lock in hand
        Deferred<String> producer = lock.run(() -> {
                    queue.put("item");
                    return Deferred.succeed("put");
                })
                .named("producer");
        System.out.println(Dump.text());
        consumer.handle(f -> {});
        producer.handle(f -> {});
    }
}
