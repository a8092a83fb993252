package org.entente.gateway.base;

import io.micronaut.core.io.buffer.ReadBuffer;
import io.micronaut.core.io.buffer.ReadBufferFactory;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.body.ByteBodyFactory;
import io.micronaut.http.body.CloseableByteBody;
import io.micronaut.http.body.ResponseBodyWriter;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Hands a {@link BodyStream} to the server piece by piece, as the socket takes them. */
@Singleton
final class BodyStreamWriter implements ResponseBodyWriter<BodyStream> {

    @Override
    public CloseableByteBody writePiece(
            ByteBodyFactory factory,
            HttpRequest<?> request,
            HttpResponse<?> response,
            Argument<BodyStream> type,
            MediaType mediaType,
            BodyStream body) {
        return body.whole()
                .<CloseableByteBody>map(factory::adapt)
                .orElseGet(() -> factory.adapt(publisher(body, factory.readBufferFactory())));
    }

    @Override
    public void writeTo(
            Argument<BodyStream> type, MediaType mediaType, BodyStream body, MutableHeaders headers, OutputStream out) {
        throw new UnsupportedOperationException("a stream is sent as it is written");
    }

    private static Publisher<ReadBuffer> publisher(BodyStream body, ReadBufferFactory buffers) {
        return subscriber -> {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long pieces) {
                    body.want(pieces);
                }

                @Override
                public void cancel() {
                    body.cancel();
                }
            });
            body.connect(receiver(subscriber, buffers));
        };
    }

    private static BodyStream.Receiver receiver(Subscriber<? super ReadBuffer> subscriber, ReadBufferFactory buffers) {
        return new BodyStream.Receiver() {
            @Override
            public void piece(byte[] bytes) {
                subscriber.onNext(buffers.adapt(bytes));
            }

            @Override
            public void complete() {
                subscriber.onComplete();
            }

            @Override
            public void failed(Throwable why) {
                subscriber.onError(why);
            }
        };
    }
}
