-- Where figures are made up, they come out the same on every machine.

CREATE SCHEMA phutho_demo;

COMMENT ON SCHEMA phutho_demo IS 'What the generator of the demo keeps while it works; dropped at the end of the load.';

-- 32 bytes that look like chance and depend on the key alone.
CREATE FUNCTION phutho_demo.seed(key text) RETURNS bytea
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN sha256(convert_to('2332/UBND-KTN ' || key, 'UTF8'));

-- The n-th draw from a seed, 0 to 15: in 65536ths, at least 0 and below 1.
CREATE FUNCTION phutho_demo.draw(seed bytea, n integer) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (get_byte(seed, 2 * n) * 256 + get_byte(seed, 2 * n + 1)) * 0.0000152587890625;

CREATE FUNCTION phutho_demo.draw(key text) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN phutho_demo.draw(phutho_demo.seed(key), 0);
