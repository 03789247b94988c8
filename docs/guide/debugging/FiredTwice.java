import io.deferred.Deferred;

/** Two places fire the same Deferred. */
class FiredTwice {
    public static void main(String[] args) throws InterruptedException {
        Deferred<String> answer = new Deferred<String>().named("answer");
        answer.consume(System.out::println);
        Thread cache = new Thread(() -> lookUp(answer), "cache");
        cache.start();
        cache.join();
        answer.callback("from the network");
    }

    static void lookUp(Deferred<String> answer) {
        answer.callback("from the cache"); // FAULT: whoever asks the network does not know of this
    }
}
