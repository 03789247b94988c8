import io.deferred.Debugging;
import io.deferred.Deferred;

/** One way through the program forgets to fire. */
class NeverFired {
    public static void main(String[] args) {
        Deferred<String> user = load(-1);
        user.consume(System.out::println);
        System.out.println(Debugging.story(user)); // what is known of the one that everybody waits for
    }

    static Deferred<String> load(int number) {
        Deferred<String> user = new Deferred<String>().named("user"); // FAULT: fired below only if the number is known
        if (number >= 0) {
            user.callback("user " + number);
        }
        return user;
    }
}
