import io.deferred.Deferred;
import io.deferred.DeferredLock;
import io.deferred.Dump;

/** A small bank: a transfer takes the accounts and then the ledger, an audit the ledger and then the accounts. */
class TwoLocks {
    static final DeferredLock accounts = new DeferredLock();
    static final DeferredLock ledger = new DeferredLock();

    public static void main(String[] args) {
        Deferred<String> customer = new Deferred<>();
        Deferred<String> transfer = transfer(customer);
        Deferred<String> audit = audit();
        customer.callback("yes, send it");
        System.out.println(Dump.text());
        transfer.handle(f -> {});
        audit.handle(f -> {});
    }

    static Deferred<String> transfer(Deferred<String> confirmed) {
        return accounts.run(() -> confirmed.chainCallback(yes -> ledger.run(() -> Deferred.succeed("sent")))).named("transfer");
    }

    static Deferred<String> audit() {
        return ledger.run(() -> accounts.run(() -> Deferred.succeed("correct"))).named("audit"); // FAULT: the other order
    }
}
