// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import io.deferred.spi.ContextPropagator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of one class: the account of what is made outside of its tests, by its static initializer and before and after all of them. Whatever runs tests begins one before {@code @BeforeAll}, and ends it on the same thread after {@code @AfterAll}.
 * Those of nested classes lie within that of the outer one.
 */
final class ClassRun implements AutoCloseable {
    /** A thread that has given its result has only its own end to come to. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static int running; // guarded by the class

    private final Account account;
    private final Settings settings;
    private final ContextPropagator.Scope scope;
    private boolean ended;

    private ClassRun(Account account, Settings settings) {
        this.account = account;
        this.settings = settings;
        this.scope = Accounts.enter(account);
    }

    /**
     * From now on this thread makes things on the class's account. Initializes the class: else its first test would be charged with what its static initializer makes.
     *
     * @throws Exception what the static initializer has thrown; then there is nothing to end
     */
    static ClassRun begin(Class<?> type) throws Exception {
        Settings settings = Settings.of(Enclosing.of(type));
        Accounts.open();
        entered();
        ClassRun run = new ClassRun(new Account(type.getName()), settings);
        boolean initialized = false;
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
            initialized = true;
        } finally {
            if (!initialized) {
                run.close();
            }
        }
        return run;
    }

    /**
     * Ends it.
     *
     * @throws LeftoversError if something is left: of its own, or of nobody's if no other class is running, because then nobody else can be charged with it
     */
    void end() {
        ended = true;
        List<String> left = new ArrayList<>(Reckoning.of(account, settings.mayLeave(), PATIENCE));
        if (leave()) {
            left.addAll(Reckoning.of(Accounts.takeNobodys(), settings.mayLeave(), PATIENCE));
        }
        Accounts.close();
        if (!left.isEmpty()) {
            throw new LeftoversError(account.owner(), left);
        }
    }

    /** Ends one that has failed before its first test: one failure is enough. */
    @Override
    public void close() {
        if (!ended) {
            ended = true;
            account.tidyUp();
            boolean unused = leave();
            Accounts.close();
        }
    }

    private static synchronized void entered() {
        if (running++ == 0) {
            // Tests that do not use the kit have been run before, and are none of this class's business.
            Accounts.logReports(Accounts.takeNobodys());
        }
    }

    /** Whether it was the last. */
    private boolean leave() {
        scope.close();
        synchronized (ClassRun.class) {
            return --running == 0;
        }
    }
}
