package io.sluice.plugins.adminhttp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/** Puts a request together; one whose body is larger than a mebibyte is handed on as {@link TooLarge}, without it. */
final class WholeRequest extends HttpObjectAggregator {

    private static final int LARGEST_BODY = 1024 * 1024;

    /** A request that is not read to its end. */
    record TooLarge(HttpRequest head) {
    }

    /** A request with an {@code Expect} header that asks for something else than {@code 100-continue}. */
    static final class ExpectsMore extends Exception {

        private static final long serialVersionUID = 1L;

        ExpectsMore() {
            super("unknown expectation", null, false, false);
        }
    }

    WholeRequest() {
        super(LARGEST_BODY);
    }

    @Override
    protected Object newContinueResponse(HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
        if (start.headers().contains(HttpHeaderNames.EXPECT) && !HttpUtil.is100ContinueExpected(start)
                && start.protocolVersion().isKeepAliveDefault()) {
            // so it is handed on at once, and its body is not waited for
            start.setDecoderResult(DecoderResult.failure(new ExpectsMore()));
            return null;
        }
        Object answer = super.newContinueResponse(start, maxContentLength, pipeline);
        // a refusal is the conversation's to give, in its own shape
        return answer instanceof FullHttpResponse response && response.status().code() >= 400 ? null : answer;
    }

    @Override
    protected boolean closeAfterContinueResponse(Object message) {
        return false;
    }

    @Override
    protected boolean ignoreContentAfterContinueResponse(Object message) {
        return false;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        HttpUtil.setKeepAlive(oversized, false);
        context.fireChannelRead(new TooLarge((HttpRequest) oversized));
    }
}
