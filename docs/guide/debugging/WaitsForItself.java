import io.deferred.Deferred;

/** The order waits for the invoice, and the invoice for the order. */
class WaitsForItself {
    public static void main(String[] args) {
        Deferred<String> order = new Deferred<String>().named("order");
        Deferred<String> invoice = new Deferred<String>().named("invoice");
        order.chainCallback(number -> invoice).handle(failure -> System.out.println(failure.trace()));
        Deferred<String> sent = invoice.chainCallback(number -> order); // FAULT: it closes the circle
        order.callback("order 1");
        invoice.callback("invoice 1");
        System.out.println(sent);
    }
}
