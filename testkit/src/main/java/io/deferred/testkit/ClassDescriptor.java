// SPDX-License-Identifier: Apache-2.0
package io.deferred.testkit;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.hierarchical.OpenTest4JAwareThrowableCollector;
import org.junit.platform.engine.support.hierarchical.ThrowableCollector;

/** A class with tests of the kit's engine. */
final class ClassDescriptor extends KitDescriptor {
    static final String SEGMENT = "class";
    static final String INNER_SEGMENT = "nested-class";

    private final Class<?> type;
    private final List<Class<?>> types;

    private ClassDescriptor(
            TestDescriptor parent, String segment, String segmentValue, Class<?> type, List<Class<?>> outer) {
        super(parent.getUniqueId().append(segment, segmentValue), type, type.getSimpleName(), ClassSource.from(type));
        this.type = type;
        List<Class<?>> all = new ArrayList<>(outer);
        all.add(type);
        this.types = List.copyOf(all);
    }

    /** Of a class whose instances stand alone. */
    static ClassDescriptor of(TestDescriptor engine, Class<?> type) {
        return new ClassDescriptor(engine, SEGMENT, type.getName(), type, List.of());
    }

    /** Of one whose instances lie within those of another. */
    static ClassDescriptor inner(ClassDescriptor outer, Class<?> type) {
        return new ClassDescriptor(outer, INNER_SEGMENT, type.getSimpleName(), type, outer.types);
    }

    Class<?> type() {
        return type;
    }

    /** The classes that an instance is made of, the outermost first. */
    List<Class<?>> types() {
        return types;
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public String getLegacyReportingName() {
        return type.getName();
    }

    @Override
    public void around(KitContext context, Invocation<KitContext> tests) throws Exception {
        List<String> problems = TestClasses.problems(type);
        addTagProblems(problems);
        TestClasses.check(problems);
        ClassRun run = ClassRun.begin(type);
        try {
            tests.invoke(context);
        } finally {
            run.end();
        }
    }

    @Override
    public KitContext before(KitContext context) {
        Lifecycle.of(type).beforeAll().forEach(this::call);
        return context;
    }

    @Override
    public void after(KitContext context) {
        ThrowableCollector thrown = new OpenTest4JAwareThrowableCollector();
        Lifecycle.of(type).afterAll().forEach(method -> thrown.execute(() -> call(method)));
        thrown.assertEmpty();
    }

    private void call(Method method) {
        ReflectionSupport.invokeMethod(
                method, null, Parameters.of(method, null, null, new ShownInfo(this, type, null)));
    }
}
