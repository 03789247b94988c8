import io.deferred.Deferred;

/** Two callbacks return the same Deferred: a result is given once. */
class TakenByTwo {
    public static void main(String[] args) {
        Deferred<String> login = Deferred.succeed("session 1");
        Deferred<String> first = Deferred.succeed("mail").chainCallback(name -> login); // FAULT: takes what the next one wants too
        Deferred<String> second = Deferred.succeed("news").chainCallback(name -> login);
        first.consume(System.out::println);
        second.consume(System.out::println).handle(failure -> System.out.println(failure.trace()));
    }
}
