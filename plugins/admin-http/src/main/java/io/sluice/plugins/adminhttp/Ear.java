package io.sluice.plugins.adminhttp;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells a conversation that bytes have come, long before they are a request. */
final class Ear extends ChannelInboundHandlerAdapter {

    private final Conversation conversation;

    Ear(Conversation conversation) {
        this.conversation = conversation;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        conversation.heard(context);
        context.fireChannelRead(message);
    }
}
