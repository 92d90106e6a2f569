document.body.append('Counterfoil');
