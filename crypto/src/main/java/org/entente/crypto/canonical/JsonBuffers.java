package org.entente.crypto.canonical;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;

/**
 * Where JSON readers and writers take their buffers from. Jackson keeps them per thread by default; a virtual thread lives for one call, so
 * that every call would allocate and clear its own. Here all threads share one pool.
 */
public final class JsonBuffers {
    private JsonBuffers() {}

    /** A builder of factories that share buffers among all threads. */
    public static JsonFactoryBuilder shared() {
        return (JsonFactoryBuilder) JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool());
    }
}
