package io.sluice.plugins.postgresrole;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramExchangeTest {

    private static final String CHALLENGE = "r=abcXYZ,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    @Test
    void theExampleOfRfc7677IsAnsweredAsWrittenThere() {
        ScramExchange exchange = new ScramExchange(new Passwords("user", "pencil"), "user", "rOprNGfwEbeRWgbNEkqO");
        String nonce = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

        assertThat(exchange.first()).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        assertThat(exchange.proof("r=" + nonce + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
                .isEqualTo("c=biws,r=" + nonce + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(exchange.isVerified()).isFalse();
        assertThat(exchange.verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")).isTrue();
        assertThat(exchange.isVerified()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "r=abcXYZ", "r=xbcXYZ,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
        "r=abc,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "r=abcXYZ,s=,i=4096", "r=abcXYZ,s====,i=4096",
        "r=abcXYZ,s=AAAA,i=0", "r=abcXYZ,s=AAAA,i=-1", "r=abcXYZ,s=AAAA,i=600001", "r=abcXYZ,s=AAAA,i=99999999999",
        "r=abcXYZ,s=AAAA,i=1,x=y", "m=ext,r=abcXYZ,s=AAAA,i=1", "r=abc\0XYZ,s=AAAA,i=1", "e=other-error"})
    void whatIsNoChallengeIsNotAnswered(String challenge) {
        assertThat(exchange().proof(challenge)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v=", "v=AAAA", "v=====", "e=invalid-proof"})
    void aServerThatDoesNotKnowThePasswordIsFoundOut(String last) {
        ScramExchange exchange = exchange();
        exchange.proof(CHALLENGE);

        assertThat(exchange.verify(last)).isFalse();
        assertThat(exchange().verify(last)).isFalse();
    }

    @Test
    void aSecondChallengeIsNotAnswered() {
        ScramExchange exchange = exchange();
        exchange.proof(CHALLENGE);

        assertThat(exchange.proof(CHALLENGE)).isEmpty();
    }

    private static ScramExchange exchange() {
        return new ScramExchange(new Passwords("user", "pencil"), "", "abc");
    }
}
