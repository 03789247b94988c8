import io.deferred.Deferred;

/** The result has another type by now than the reference says that was kept from before. */
class StaleReference {
    public static void main(String[] args) {
        Deferred<Integer> number = new Deferred<Integer>().named("number");
        Deferred<String> text = number.addCallback(n -> "number " + n);
        Deferred<Integer> next = number.addCallback(n -> n + 1); // FAULT: to be added to "text", for a String
        number.callback(1);
        next.consume(System.out::println).handle(failure -> System.out.println(failure.trace()));
    }
}
