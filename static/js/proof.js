// Solves the ALTCHA task of a form: find the number whose hash is the challenge.
(() => {
  const form = document.querySelector("form[data-challenge]");
  const field = form?.querySelector('[name="altcha"]');
  const status = document.getElementById("proof");
  const button = form?.querySelector('button[type="submit"]');
  if (!form?.dataset.challenge || !field || !crypto?.subtle) return;
  const text = new TextEncoder();
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

  const solve = async ({ algorithm, challenge, salt, signature, maxNumber, maxnumber }) => {
    const most = maxNumber ?? maxnumber;
    const batch = 500;
    for (let from = 0; from <= most; from += batch) {
      const numbers = Array.from({ length: batch }, (_, place) => from + place);
      const hashes = await Promise.all(numbers.map((number) => crypto.subtle.digest(algorithm, text.encode(salt + number))));
      const place = hashes.findIndex((hash) => hex(hash) === challenge);
      if (place >= 0) return btoa(JSON.stringify({ algorithm, challenge, number: numbers[place], salt, signature }));
    }
    return "";
  };

  button.disabled = true;
  fetch(form.dataset.challenge)
    .then((answer) => answer.json())
    .then(solve)
    .then((solution) => {
      field.value = solution;
      if (solution && status) status.textContent = status.dataset.done;
    })
    .finally(() => { button.disabled = false; });
})();
